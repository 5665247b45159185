// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.util.concurrent.atomic.AtomicInteger;

import io.governance.time.ManualTimeSource;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * A refused take may meet another one that is about to be refused, so takes are not
 * linearisable; but in no interleaving are there more of them than the budget allows.
 */
public class RetryBudgetLincheckTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final RetryBudget budget = new RetryBudget(new Budget(1.0, 0), this.time);

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger taken = new AtomicInteger();

	@Operation
	public void call() {
		this.calls.incrementAndGet();
		this.budget.recordCall(this.time.nanoTime());
	}

	@Operation
	public void take() {
		if (this.budget.tryTake()) {
			this.taken.incrementAndGet();
		}
	}

	@Validate
	public void neverMoreThanCalls() {
		if (this.taken.get() > this.calls.get()) {
			throw new IllegalStateException(this.taken + " retries for " + this.calls + " calls");
		}
	}

	@Test
	void neverExceedsTheBudget() {
		assertThatCode(() -> new ModelCheckingOptions().logLevel(LoggingLevel.ERROR)
			.iterations(10)
			.invocationsPerIteration(100)
			.threads(3)
			.actorsBefore(0)
			.actorsAfter(0)
			.actorsPerThread(2)
			.check(RetryBudgetLincheckTests.class)).doesNotThrowAnyException();
	}

}
