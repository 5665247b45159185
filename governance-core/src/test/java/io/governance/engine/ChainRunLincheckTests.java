// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Segment;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * However threads race to answer a pending decision and to give up on it, each permit is
 * released at most once, and exactly once when the call was given up.
 */
public class ChainRunLincheckTests {

	private static final Outcome CANCELLED = Outcome.failure(Outcome.Kind.CANCELLED, null, 0);

	private static final PolicyEngine ENGINE = RacedCall.engine("a", "b");

	private final AtomicInteger first = new AtomicInteger();

	private final AtomicInteger second = new AtomicInteger();

	private final CompletableFuture<Decision> source = new CompletableFuture<>();

	private final CompletableFuture<Decision> answer;

	public ChainRunLincheckTests() {
		RacedCall call = new RacedCall(Map.of("a", counted(this.first), "b", new Decision.Pending(this.source, 1)));
		this.answer = ((Decision.Pending) ENGINE.tryAcquire(Segment.CALL, call)).stage().toCompletableFuture();
	}

	private static Decision counted(AtomicInteger counter) {
		return new Decision.Admitted((outcome) -> counter.incrementAndGet());
	}

	@Operation(runOnce = true)
	public void answer() {
		this.source.complete(counted(this.second));
	}

	@Operation(runOnce = true)
	public void giveUp() {
		if (!this.answer.cancel(false)) {
			((Decision.Admitted) this.answer.join()).permit().release(CANCELLED);
		}
	}

	@Validate
	public void nothingIsReleasedTwiceOrLost() {
		boolean givenUp = this.answer.isCancelled();
		boolean lost = givenUp && (this.first.get() == 0 || (this.source.isDone() && this.second.get() == 0));
		if (lost || this.first.get() > 1 || this.second.get() > 1) {
			throw new IllegalStateException("released: " + this.first + " " + this.second + ", given up: " + givenUp);
		}
	}

	@Test
	void permitsAreReleasedExactlyOnce() {
		assertThatCode(() -> new ModelCheckingOptions().logLevel(LoggingLevel.ERROR)
			.iterations(3)
			.invocationsPerIteration(30)
			.threads(2)
			.actorsBefore(0)
			.actorsAfter(0)
			.actorsPerThread(1)
			.check(ChainRunLincheckTests.class)).doesNotThrowAnyException();
	}

}
