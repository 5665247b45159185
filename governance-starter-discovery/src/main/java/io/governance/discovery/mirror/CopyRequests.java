// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.mirror;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import io.governance.context.GovernanceHeaders;
import io.governance.policy.Call.Priority;
import io.governance.discovery.Instance;
import io.governance.selection.Copy;

/**
 * Makes the requests of copies. They have the headers of the call, but for those of its
 * connection and of its trace: a callee that works on a copy begins a trace of its own,
 * or the caller's would have two answers for one request. A copy has the time that copies
 * have, is nobody's further attempt, and is the first to be shed.
 */
final class CopyRequests {

	private static final Set<String> LEFT_OUT = Set.of("connection", "content-length", "expect", "host",
			"http2-settings", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", //
			"traceparent", "tracestate", "b3", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled",
			"x-b3-flags", "sw8", "sw8-correlation", "sw8-x", "uber-trace-id", "x-cloud-trace-context");

	private final String caller;

	private final Duration timeout;

	CopyRequests(String caller, Duration timeout) {
		this.caller = caller;
		this.timeout = timeout;
	}

	/**
	 * Makes a request.
	 * @throws IllegalArgumentException if the call has what cannot be sent
	 */
	HttpRequest of(Copy copy, Instance instance, MirroredRequest request, byte[] body) {
		HttpRequest.Builder builder = HttpRequest.newBuilder(request.address().apply(instance))
			.timeout(this.timeout)
			.method(request.method(), (body.length > 0) ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody());
		request.headers().forEach((name, values) -> {
			if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach((value) -> builder.header(name, value));
			}
		});
		builder.setHeader(GovernanceHeaders.TIMEOUT_MS, Long.toString(Math.max(1, this.timeout.toMillis())));
		builder.setHeader(GovernanceHeaders.ATTEMPT, "1");
		builder.setHeader(GovernanceHeaders.CALLER, this.caller);
		builder.setHeader(GovernanceHeaders.PRIORITY, Priority.SHEDDABLE.wireValue());
		copy.destination().headers().add().forEach(builder::setHeader);
		return builder.build();
	}

}
