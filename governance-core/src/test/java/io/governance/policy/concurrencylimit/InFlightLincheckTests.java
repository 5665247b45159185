// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import io.governance.policy.Call.Priority;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Whether there is room is decided by all counts as they were at one moment.
 */
public class InFlightLincheckTests {

	private static final Room ROOM = new Room(2, 1, 1, 1);

	private final InFlight inFlight = new InFlight();

	@Operation
	public int enter() {
		return this.inFlight.tryEnter(Priority.DEFAULT, ROOM);
	}

	@Operation
	public int enterCritical() {
		return this.inFlight.tryEnter(Priority.CRITICAL, ROOM);
	}

	@Operation
	public int total() {
		return this.inFlight.total();
	}

	@Test
	void neverMoreThanThereIsRoomFor() {
		assertThatCode(() -> new ModelCheckingOptions().logLevel(LoggingLevel.ERROR)
			.iterations(10)
			.invocationsPerIteration(100)
			.threads(2)
			.actorsBefore(0)
			.actorsAfter(0)
			.actorsPerThread(2)
			.check(InFlightLincheckTests.class)).doesNotThrowAnyException();
	}

}
