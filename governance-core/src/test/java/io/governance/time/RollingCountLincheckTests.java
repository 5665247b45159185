// SPDX-License-Identifier: Apache-2.0

package io.governance.time;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Within one second all operations work on one slot and are linearisable.
 */
public class RollingCountLincheckTests {

	private final RollingCount count = new RollingCount(new ManualTimeSource(), 2);

	@Operation
	public int increment() {
		return this.count.increment();
	}

	@Operation
	public void takeBack() {
		this.count.takeBack(1);
	}

	@Operation
	public long sum() {
		return this.count.sum();
	}

	@Test
	void isLinearisable() {
		assertThatCode(() -> new ModelCheckingOptions().logLevel(LoggingLevel.ERROR)
			.iterations(10)
			.invocationsPerIteration(100)
			.threads(2)
			.actorsBefore(0)
			.actorsAfter(0)
			.actorsPerThread(2)
			.check(RollingCountLincheckTests.class)).doesNotThrowAnyException();
	}

}
