// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.util.Set;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rejected call in what a handler let escape: by itself, or in an exception
 * that only carries it on. One of the application's own has a meaning of its own.
 */
public final class EscapedRejection {

	private static final Set<String> CARRIERS = Set.of("java.util.concurrent.CompletionException",
			"java.util.concurrent.ExecutionException", "java.lang.reflect.UndeclaredThrowableException",
			"jakarta.servlet.ServletException", "io.grpc.StatusRuntimeException", "io.grpc.StatusException",
			"org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException");

	private static final int MAX_CAUSES = 10;

	private EscapedRejection() {
	}

	/**
	 * Finds it.
	 * @param error what a handler let escape
	 * @return why a call that it made was rejected; {@code null} if it is another error
	 */
	public static @Nullable Rejection of(Throwable error) {
		Throwable cause = error;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			if (cause instanceof CallRejectedException rejected) {
				return rejected.rejection();
			}
			cause = CARRIERS.contains(cause.getClass().getName()) ? cause.getCause() : null;
		}
		return null;
	}

}
