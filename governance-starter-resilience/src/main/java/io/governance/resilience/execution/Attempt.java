// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.governance.context.Attempts;
import io.governance.context.GovernanceHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, as the client is to send it. What follows from the call is
 * worked out when it is asked for, and holds until the next attempt begins: most clients
 * want little of it.
 */
public final class Attempt {

	/** No further attempt can follow. */
	public static final long KEEP_NOTHING = -1;

	static final long UNBOUNDED = Long.MAX_VALUE;

	private static final String FIRST = "1";

	private final CallRun run;

	private final long timeoutNanos;

	Attempt(CallRun run, long timeoutNanos) {
		this.run = run;
		this.timeoutNanos = timeoutNanos;
	}

	/**
	 * The number of the attempt.
	 * @return 1 for the first
	 */
	public int number() {
		return this.run.tried().number();
	}

	/**
	 * The instances that this call has tried; to be handed to whoever picks one.
	 * @return the same for all attempts of a call
	 */
	public Attempts tried() {
		return this.run.tried();
	}

	/**
	 * How long the client may take up to the head of the response.
	 * @return the time; {@code null} for no bound
	 */
	public @Nullable Duration timeout() {
		return isBounded() ? Duration.ofNanos(this.timeoutNanos) : null;
	}

	boolean isBounded() {
		return this.timeoutNanos != UNBOUNDED;
	}

	/**
	 * The same in nanoseconds; {@link #UNBOUNDED} for no bound.
	 */
	long timeoutNanos() {
		return this.timeoutNanos;
	}

	/**
	 * How long the client may take to make a connection.
	 * @return the time; {@code null} for the client's own
	 */
	public @Nullable Duration connectTimeout() {
		return this.run.connectTimeout();
	}

	/**
	 * Up to how many bytes of the request body are worth keeping for a further attempt.
	 * @return bytes; {@link #KEEP_NOTHING} when none can follow
	 */
	public long keepBodyBytes() {
		return this.run.keepBodyBytes(number());
	}

	/**
	 * What goes on the wire with this attempt; replaces what is there.
	 * @return values by name
	 */
	public Map<String, String> headers() {
		Map<String, String> headers = new HashMap<>();
		writeHeaders(headers::put);
		return headers;
	}

	/**
	 * Gives what goes on the wire with this attempt to a request, where it replaces what
	 * is there.
	 * @param target takes names and values
	 */
	public void writeHeaders(BiConsumer<String, String> target) {
		if (isBounded()) {
			target.accept(GovernanceHeaders.TIMEOUT_MS,
					Long.toString(Math.max(1, TimeUnit.NANOSECONDS.toMillis(this.timeoutNanos))));
		}
		int count = Math.max(this.run.context().attempt(), number());
		target.accept(GovernanceHeaders.ATTEMPT, (count == 1) ? FIRST : Integer.toString(count));
		target.accept(GovernanceHeaders.CALLER, this.run.caller());
		target.accept(GovernanceHeaders.PRIORITY, this.run.context().priority().wireValue());
	}

}
