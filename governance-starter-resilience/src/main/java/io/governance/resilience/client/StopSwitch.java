// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpResponse;

/**
 * Stops an attempt, or the reading of its response, from another thread: travels from the
 * call stage to the transport as a request attribute. Without effect until a transport
 * connects it. Thread-safe.
 */
final class StopSwitch {

	static final String ATTRIBUTE = StopSwitch.class.getName();

	private volatile Transport.@Nullable Stoppable attempt;

	/**
	 * Connects the switch.
	 * @param what what it is to stop
	 */
	void connect(Transport.Stoppable what) {
		this.attempt = what;
	}

	private void press() {
		Transport.Stoppable what = this.attempt;
		if (what != null) {
			what.stop().run();
		}
	}

	/**
	 * Presses the switch after a time, on the JDK's own timer for futures.
	 * @param nanos the time, in nanoseconds
	 * @return to be cancelled when there is nothing to stop any more
	 */
	CompletableFuture<@Nullable Void> pressAfter(long nanos) {
		CompletableFuture<@Nullable Void> timer = new CompletableFuture<@Nullable Void>().completeOnTimeout(null, nanos,
				TimeUnit.NANOSECONDS);
		timer.thenRun(this::press);
		return timer;
	}

	/**
	 * Closes a response. Spring's responses then read their rest, so that the connection
	 * can be used again: up to a time, or not at all where the reading cannot be stopped.
	 * @param response the response
	 * @param boundNanos the time, in nanoseconds
	 */
	void discard(ClientHttpResponse response, long boundNanos) {
		Transport.Stoppable what = this.attempt;
		if (what != null && !what.wakesReader()) {
			press();
		}
		CompletableFuture<?> timer = pressAfter(boundNanos);
		try {
			response.close();
		}
		finally {
			timer.cancel(false);
		}
	}

}
