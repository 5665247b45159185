// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.util.Map;
import java.util.function.Function;

import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.policy.Call.Priority;
import io.governance.execution.Deadline;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the call context from the headers of a trusted peer. What is malformed counts as
 * absent: these headers are advice, no reason to fail a call. Thread-safe.
 */
final class CallContextReader {

	private static final long NANOS_PER_MILLI = 1_000_000;

	private static final int LONGEST_NUMBER = 9;

	private static final int LONGEST_NAME = 128;

	private final TimeSource time;

	CallContextReader(TimeSource time) {
		this.time = time;
	}

	CallContext read(Function<String, @Nullable String> headers) {
		String timeout = headers.apply(GovernanceHeaders.TIMEOUT_MS);
		String caller = headers.apply(GovernanceHeaders.CALLER);
		String priority = headers.apply(GovernanceHeaders.PRIORITY);
		String attempt = headers.apply(GovernanceHeaders.ATTEMPT);
		if (timeout == null && caller == null && priority == null && attempt == null) {
			return CallContext.NONE;
		}
		return new CallContext(deadline(timeout), attempt(attempt), Map.of(), name(caller),
				Priority.fromWire(priority));
	}

	private @Nullable Deadline deadline(@Nullable String millis) {
		if (millis != null && millis.startsWith("-")) {
			return new Deadline(this.time.nanoTime());
		}
		int value = number(millis);
		return (value >= 0) ? new Deadline(this.time.nanoTime() + value * NANOS_PER_MILLI) : null;
	}

	private static int attempt(@Nullable String attempt) {
		return Math.max(1, number(attempt));
	}

	private static int number(@Nullable String text) {
		boolean number = text != null && !text.isEmpty() && text.length() <= LONGEST_NUMBER
				&& text.chars().allMatch((c) -> c >= '0' && c <= '9');
		return (text != null && number) ? Integer.parseInt(text) : -1;
	}

	private static @Nullable String name(@Nullable String caller) {
		boolean name = caller != null && !caller.isBlank() && caller.length() <= LONGEST_NAME;
		return name ? caller : null;
	}

}
