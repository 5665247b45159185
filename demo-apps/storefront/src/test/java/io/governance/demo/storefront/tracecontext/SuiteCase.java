// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One request of the suite and what must leave the service because of it.
 *
 * @param rule what the specification says
 * @param headers the headers of the request, repeated ones one by one
 * @param joined whether the trace of the request goes on
 * @param traceState the tracestate that is passed on; empty: none
 */
record SuiteCase(String rule, List<Map.Entry<String, String>> headers, boolean joined, String traceState) {

	static final String TRACE_ID = "12345678901234567890123456789012";

	static final String PARENT_ID = "1234567890123456";

	static final String PARENT = "00-" + TRACE_ID + "-" + PARENT_ID;

	static SuiteCase request(String rule) {
		return new SuiteCase(rule, List.of(), false, "");
	}

	static SuiteCase state(String rule, String... lines) {
		SuiteCase result = request(rule).with("traceparent", PARENT + "-00").joins();
		for (String line : lines) {
			result = result.with("tracestate", line);
		}
		return result;
	}

	SuiteCase with(String name, String value) {
		List<Map.Entry<String, String>> more = new ArrayList<>(this.headers);
		more.add(Map.entry(name, value));
		return new SuiteCase(this.rule, List.copyOf(more), this.joined, this.traceState);
	}

	SuiteCase joins() {
		return new SuiteCase(this.rule, this.headers, true, this.traceState);
	}

	SuiteCase passesOn(String state) {
		return new SuiteCase(this.rule, this.headers, this.joined, state);
	}

	@Override
	public String toString() {
		return this.rule;
	}

}
