// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * One call that was asked for.
 *
 * @param uri where to
 * @param body what to send: calls that the called service is to make in turn
 */
record RequestedCall(URI uri, JsonNode body) {

	static final int MAX_CALLS = 64;

	static final int MAX_DEPTH = 8;

	/**
	 * Reads what was asked for. All of it is judged before anything is called; nested
	 * calls by their shape only, since others make them.
	 * @param calls a list of {@code {"url": ..., "arguments": [...]}}
	 * @return the calls in their order
	 * @throws RefusedCallException if it is no such list, too long, too deep, or if a
	 * call leaves this machine
	 */
	static List<RequestedCall> listOf(JsonNode calls) {
		if (count(calls, 1) > MAX_CALLS) {
			throw new RefusedCallException("calls: more than " + MAX_CALLS + " (expected: no more)");
		}
		List<RequestedCall> all = new ArrayList<>();
		for (JsonNode call : calls) {
			all.add(new RequestedCall(LoopbackUri.of(call.path("url").asString()), call.path("arguments")));
		}
		return all;
	}

	private static int count(JsonNode calls, int depth) {
		if (!calls.isArray() || depth > MAX_DEPTH) {
			throw new RefusedCallException("arguments: no list, or more than " + MAX_DEPTH
					+ " lists in each other (expected: a list of {\"url\": ..., \"arguments\": [...]})");
		}
		int count = 0;
		for (JsonNode call : calls) {
			if (!call.path("url").isString()) {
				throw new RefusedCallException("url: missing (expected: an http address on this machine)");
			}
			count += 1 + count(call.path("arguments"), depth + 1);
		}
		return count;
	}

}
