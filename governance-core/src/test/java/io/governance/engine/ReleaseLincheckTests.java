// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Segment;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * However many threads end a call at once, its permits are released once.
 */
public class ReleaseLincheckTests {

	private static final PolicyEngine ENGINE = RacedCall.engine("a");

	private static final Outcome CANCELLED = Outcome.failure(Outcome.Kind.CANCELLED, null, 0);

	private final AtomicInteger released = new AtomicInteger();

	private final Permit permit;

	public ReleaseLincheckTests() {
		Decision held = new Decision.Admitted((outcome) -> this.released.incrementAndGet());
		RacedCall call = new RacedCall(Map.of("a", held));
		this.permit = ((Decision.Admitted) ENGINE.tryAcquire(Segment.CALL, call)).permit();
	}

	@Operation
	public void release() {
		this.permit.release(CANCELLED);
	}

	@Validate
	public void once() {
		if (this.released.get() > 1) {
			throw new IllegalStateException("released " + this.released + " times");
		}
	}

	@Test
	void permitsAreReleasedOnce() {
		assertThatCode(() -> new ModelCheckingOptions().logLevel(LoggingLevel.ERROR)
			.iterations(3)
			.invocationsPerIteration(30)
			.threads(2)
			.actorsBefore(0)
			.actorsAfter(0)
			.actorsPerThread(1)
			.check(ReleaseLincheckTests.class)).doesNotThrowAnyException();
	}

}
