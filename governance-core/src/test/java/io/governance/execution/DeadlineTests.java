// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import java.time.Duration;

import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTests {

	@ParameterizedTest
	@ValueSource(longs = { 0, -5, Long.MIN_VALUE, Long.MAX_VALUE - 10 })
	void runsOutOnTheMonotonicClockWhateverItsOrigin(long origin) {
		ManualTimeSource time = new ManualTimeSource(origin);
		Deadline deadline = Deadline.in(time, Duration.ofSeconds(2));
		assertThat(deadline.remainingNanos(time)).isEqualTo(2_000_000_000L);
		time.advanceNanos(1_999_999_999L);
		assertThat(deadline.isExpired(time)).isFalse();
		time.advanceNanos(1);
		assertThat(deadline.isExpired(time)).isTrue();
		time.advanceSeconds(1);
		assertThat(deadline.remainingNanos(time)).isEqualTo(-1_000_000_000L);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, Long.MAX_VALUE - 1_500_000_000L })
	void earlierOneWinsEvenWhenTheClockWraps(long origin) {
		ManualTimeSource time = new ManualTimeSource(origin);
		Deadline soon = Deadline.in(time, Duration.ofSeconds(1));
		Deadline late = Deadline.in(time, Duration.ofSeconds(2));
		assertThat(soon.earlier(late)).isSameAs(soon);
		assertThat(late.earlier(soon)).isSameAs(soon);
		assertThat(soon.earlier(soon)).isSameAs(soon);
	}

	@Test
	void planWithoutPartsRunsOnceWithoutBounds() {
		assertThat(ExecutionPlan.PLAIN).isEqualTo(new ExecutionPlan(null, null, null, null));
	}

}
