// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A call was sent, and no response came within the time that its rules or its caller
 * give. Whether it was processed is not known. Carries no stack trace, as all rejections.
 */
public class CallTimeoutException extends CallRejectedException {

	private static final long serialVersionUID = 1L;

	private final String text;

	private final @Nullable Throwable transportError;

	/**
	 * Creates the exception.
	 * @param service the service that was called
	 * @param attempts how many attempts were made
	 * @param elapsedNanos the time spent on the call, in nanoseconds
	 * @param rule the rule whose time is up, as {@code type/id}; {@code null} where it is
	 * the caller's time
	 * @param transportError what the client said, if anything
	 */
	public CallTimeoutException(String service, int attempts, long elapsedNanos, @Nullable String rule,
			@Nullable Throwable transportError) {
		super(service, new Rejection(Reason.DEADLINE_EXCEEDED, rule, 0));
		this.text = "call to " + service + " timed out: no response after " + elapsedNanos / 1_000_000
				+ " ms, attempts=" + attempts + ((rule != null) ? ", by " + rule : "");
		this.transportError = transportError;
	}

	@Override
	public String getMessage() {
		return this.text;
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public @Nullable Throwable getCause() {
		return this.transportError;
	}

}
