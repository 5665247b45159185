// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request, and what the service that got it sends on.
 *
 * @param rule what the specification says
 * @param headers the request's headers; repeated ones one by one
 * @param traceId the trace that goes on; empty: a new one begins
 * @param flags the flags that are sent; empty: either
 * @param traceState the tracestate that is sent; empty: none
 * @param baggage the baggage that is sent; empty: none
 */
record TraceCase(String rule, List<Map.Entry<String, String>> headers, String traceId, String flags, String traceState,
		String baggage) {

	static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

	static final String SPAN_ID = "b7ad6b7169203331";

	static final String PARENT = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";

	static TraceCase of(String rule) {
		return new TraceCase(rule, List.of(), "", "", "", "");
	}

	TraceCase with(String name, String... values) {
		List<Map.Entry<String, String>> more = new ArrayList<>(this.headers);
		for (String value : values) {
			more.add(Map.entry(name, value));
		}
		return new TraceCase(this.rule, List.copyOf(more), this.traceId, this.flags, this.traceState, this.baggage);
	}

	TraceCase joins() {
		return joins(TRACE_ID);
	}

	TraceCase joins(String id) {
		return new TraceCase(this.rule, this.headers, id, this.flags, this.traceState, this.baggage);
	}

	TraceCase flags(String sent) {
		return new TraceCase(this.rule, this.headers, this.traceId, sent, this.traceState, this.baggage);
	}

	TraceCase traceState(String sent) {
		return new TraceCase(this.rule, this.headers, this.traceId, this.flags, sent, this.baggage);
	}

	TraceCase baggage(String sent) {
		return new TraceCase(this.rule, this.headers, this.traceId, this.flags, this.traceState, sent);
	}

	void holdsFor(Map<String, List<String>> sent) {
		assertThat(sent.get("traceparent")).singleElement().asString().matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
		String parent = sent.get("traceparent").get(0);
		String id = parent.substring(3, 35);
		if (this.traceId.isEmpty()) {
			assertThat(id).isNotEqualTo("0".repeat(32));
			assertThat(this.headers).noneMatch((header) -> header.getValue().contains(id));
		}
		else {
			assertThat(id).isEqualTo(this.traceId);
		}
		assertThat(parent.substring(36, 52)).isNotEqualTo("0".repeat(16)).isNotEqualTo(SPAN_ID);
		assertThat(parent).endsWith(this.flags);
		assertThat(String.join("|", sent.getOrDefault("tracestate", List.of()))).isEqualTo(this.traceState);
		assertThat(String.join("|", sent.getOrDefault("baggage", List.of()))).isEqualTo(this.baggage);
		assertThat(sent).doesNotContainKeys("b3", "X-B3-TraceId", "X-B3-Sampled");
	}

	@Override
	public String toString() {
		return this.rule;
	}

}
