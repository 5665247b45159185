// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.circuitbreaker;

import java.util.function.Function;
import java.util.function.Supplier;

import io.governance.resilience.local.LocalCalls;
import io.governance.resilience.local.LocalWork;

import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;

/**
 * Runs work under the rules that name it, and its fallback when it fails or may not go.
 */
record GovernedCircuitBreaker(LocalCalls calls, String id) implements CircuitBreaker {

	/** The work has no name of its own. */
	static final String OPERATION = "run";

	@Override
	public <T> T run(Supplier<T> toRun, Function<Throwable, T> fallback) {
		try {
			return this.calls.run(new LocalWork(this.id, OPERATION), toRun::get);
		}
		catch (VirtualMachineError | LinkageError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			return fallback.apply(ex);
		}
	}

}
