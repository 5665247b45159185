// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Which of two calls is first is open; but in no interleaving of calls and of calls that
 * give up do two have the same turn.
 */
public class ScheduleLincheckTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final Schedule schedule = new Schedule(TestLimit.of(10).pacingMillis(10_000).rule().rate(), this.time);

	private final Answers answers = new Answers(new TestContext("rate-limit/r", this.time).context(), false);

	private final Map<Long, Boolean> turns = new ConcurrentHashMap<>();

	private volatile boolean twice;

	@Operation
	public void call() {
		take();
	}

	@Operation
	public void callAndGiveUp() {
		if (take() instanceof Decision.Delayed delayed) {
			this.turns.remove(delayed.waitNanos());
			delayed.permit().release(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
		}
	}

	private Decision take() {
		Decision decision = this.schedule.tryAcquire(this.answers);
		long wait = (decision instanceof Decision.Delayed delayed) ? delayed.waitNanos() : 0;
		if (this.turns.put(wait, true) != null) {
			this.twice = true;
		}
		return decision;
	}

	@Validate
	public void noTurnIsTakenTwice() {
		if (this.twice) {
			throw new IllegalStateException("two calls have one turn of " + this.turns.keySet());
		}
	}

	@Test
	void noTwoCallsHaveOneTurn() {
		assertThatCode(() -> new ModelCheckingOptions().logLevel(LoggingLevel.ERROR)
			.iterations(10)
			.invocationsPerIteration(100)
			.threads(3)
			.actorsBefore(0)
			.actorsAfter(0)
			.actorsPerThread(2)
			.check(ScheduleLincheckTests.class)).doesNotThrowAnyException();
	}

}
