// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

import io.governance.load.CpuLoad;
import io.governance.policy.Decision;
import io.governance.rule.PolicyContext;
import io.governance.rule.StateDisplay;
import io.governance.time.ManualTimeSource;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * However calls race that wait, end, give up and change the number, in the end no permit
 * is out and nobody waits.
 */
public class BulkheadLincheckIntegrationTests {

	private final Limits narrow = new Limits(0, 1, 2, 1_000);

	private final Limits wide = new Limits(1, 2, 2, 1_000);

	private final KeyBulkhead bulkhead = new KeyBulkhead("k", this.narrow,
			WaitingTerms.of(new PolicyContext("bulkhead/b", new ManualTimeSource(), new Random(1),
					(event) -> new LongAdder(), StateDisplay.NONE, CpuLoad.UNKNOWN)));

	private static void end(Decision decision) {
		if (decision instanceof Decision.Admitted call) {
			call.permit().release(BulkheadTestBed.OK);
		}
		else if (decision instanceof Decision.Pending pending) {
			pending.stage().thenAccept(BulkheadLincheckIntegrationTests::end);
		}
	}

	@Operation(runOnce = true)
	public void call() {
		end(this.bulkhead.tryAcquire(this.narrow));
	}

	@Operation(runOnce = true)
	public void otherCall() {
		call();
	}

	@Operation(runOnce = true)
	public void callOfTheNextRule() {
		end(this.bulkhead.tryAcquire(this.wide));
	}

	@Operation(runOnce = true)
	public void callThatGivesUp() {
		Decision decision = this.bulkhead.tryAcquire(this.narrow);
		end(decision);
		if (decision instanceof Decision.Pending pending) {
			pending.abandoned().run();
		}
	}

	@Validate
	public void nothingIsHeldInTheEnd() {
		if (!this.bulkhead.isIdle()) {
			throw new IllegalStateException("not idle: " + this.bulkhead.describe(this.wide));
		}
	}

	@Test
	void nothingIsLostHoweverCallsRace() {
		assertThatCode(() -> new ModelCheckingOptions().logLevel(LoggingLevel.ERROR)
			.iterations(6)
			.invocationsPerIteration(100)
			.threads(3)
			.actorsBefore(0)
			.actorsAfter(0)
			.actorsPerThread(1)
			.check(BulkheadLincheckIntegrationTests.class)).doesNotThrowAnyException();
	}

}
