// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import io.governance.execution.Deadline;
import io.governance.policy.Outcome;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptsTests {

	private final TimeSource time = new StoppedClock();

	private final Attempts attempts = new Attempts("inventory");

	@Test
	void anAttemptWithoutABoundNeverExpires() {
		this.attempts.begin(1, this.time.nanoTime() - 10, true);
		this.attempts.begin(2);
		assertThat(this.attempts.number()).isEqualTo(2);
		assertThat(this.attempts.end()).isNull();
		assertThat(this.attempts.expired(this.time)).isNull();
		assertThat(new Attempts().expired(this.time)).isNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 999, 1_000 })
	void knowsItsEndAndWhetherItWasEnough(long offset) {
		long end = this.time.nanoTime() + offset;
		for (boolean enough : new boolean[] { true, false }) {
			this.attempts.begin(1, end - 10, enough);
			assertThat(this.attempts.expired(this.time)).isEqualTo((offset <= 10) ? kind(enough) : null);
			this.attempts.begin(1, end + 2, enough);
			assertThat(this.attempts.expired(this.time)).isNull();
		}
	}

	@Test
	void whatIsToldAsATimeIsTheSame() {
		long end = StoppedClock.NOW + 1_000;
		this.attempts.begin(3, new Attempts.Time(new Deadline(end), true));
		assertThat(this.attempts.number()).isEqualTo(3);
		assertThat(this.attempts.end()).isEqualTo(new Deadline(end));
	}

	private static Outcome.Kind kind(boolean enough) {
		return enough ? Outcome.Kind.TIMEOUT : Outcome.Kind.CANCELLED;
	}

	private static final class StoppedClock implements TimeSource {

		private static final long NOW = 5_000_000;

		@Override
		public long nanoTime() {
			return NOW;
		}

		@Override
		public long epochMillis() {
			return 0;
		}

	}

}
