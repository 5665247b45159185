// SPDX-License-Identifier: Apache-2.0

package io.governance.test.load;

import java.util.function.IntFunction;

/**
 * Writes requests that have nothing in common: each has a path, a host and header values
 * of its own, among them all that the suite reads, and every other one a method that
 * nobody knows. A tenth of them ask to be traced. Immutable.
 *
 * @param known the beginning of paths that the server has a handler for
 * @param unknown the beginning of paths that it has none for
 */
public record DistinctRequests(String known, String unknown) implements IntFunction<String> {

	@Override
	public String apply(int number) {
		String method = (number % 2 == 0) ? "GET" : "METHOD" + number;
		String path = ((number / 2 % 2 == 0) ? this.known : this.unknown) + number;
		String flags = (number % 10 == 0) ? "01" : "00";
		String id = "%016x".formatted(number + 1);
		return String.join("\r\n", method + " " + path + "?query=" + number + " HTTP/1.1",
				"Host: host-" + number + ".example.org", "User-Agent: agent-" + number, "x-user: user-" + number,
				"x-governance-caller: caller-" + number,
				"baggage: lane=lane-" + number + ",user-group=group-" + number + ",other=" + number,
				"traceparent: 00-" + id + id + "-" + id + "-" + flags, "tracestate: vendor=" + number);
	}

}
