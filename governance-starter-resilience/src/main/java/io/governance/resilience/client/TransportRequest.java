// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.governance.context.Attempts;
import io.governance.execution.Deadline;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * One attempt on its way to the wire. The time up to the head of the response is kept by
 * the JDK's own timer for futures, since the read timeouts of clients mean other things:
 * Apache's is the silence between two packets, Spring's for the JDK client includes the
 * body.
 */
final class TransportRequest extends StreamingRequest {

	private final Transport transport;

	private final TimeSource time;

	TransportRequest(URI uri, HttpMethod method, Transport transport, TimeSource time) {
		super(uri, method);
		this.transport = transport;
		this.time = time;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
		AttemptTimes times = (AttemptTimes) getAttributes().get(AttemptTimes.ATTRIBUTE);
		Transport.Stoppable attempt = this.transport.createRequest(getURI(), getMethod(),
				(times != null) ? times.connect() : null);
		StopSwitch stop = (getAttributes().get(StopSwitch.ATTRIBUTE) instanceof StopSwitch found) ? found
				: new StopSwitch();
		stop.connect(attempt);
		Body content = body(headers);
		copyTo(attempt.request(), headers, content);
		return execute(attempt.request(), stop, (times != null) ? response(times) : null);
	}

	/**
	 * What is left of the time: the attempt may have waited for an instance, or for a
	 * connection.
	 */
	private @Nullable Duration response(AttemptTimes times) {
		Deadline end = (getAttributes().get(Attempts.ATTRIBUTE) instanceof Attempts attempts) ? attempts.end() : null;
		if (times.response() == null || end == null) {
			return times.response();
		}
		Duration left = Duration.ofNanos(Math.max(0, end.remainingNanos(this.time)));
		return (left.compareTo(times.response()) < 0) ? left : times.response();
	}

	private static ClientHttpResponse execute(ClientHttpRequest request, StopSwitch stop, @Nullable Duration timeout)
			throws IOException {
		if (timeout == null) {
			return head(request.execute());
		}
		CompletableFuture<?> timer = stop.pressAfter(timeout.toNanos());
		ClientHttpResponse response;
		try {
			response = head(request.execute());
		}
		finally {
			timer.cancel(false);
		}
		if (!timer.isCancelled()) {
			// the body may be broken off already
			stop.discard(response, 0);
			throw new SocketTimeoutException("no response within " + timeout.toMillis() + " ms");
		}
		return response;
	}

	/**
	 * Waits for the head: the JDK's old client returns before it is there.
	 */
	private static ClientHttpResponse head(ClientHttpResponse response) throws IOException {
		boolean there = false;
		try {
			response.getStatusCode();
			there = true;
			return response;
		}
		finally {
			if (!there) {
				response.close();
			}
		}
	}

}
