// SPDX-License-Identifier: Apache-2.0

package io.governance.time;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimeSourceTests {

	@Test
	void systemClockNeverGoesBack() {
		TimeSource time = TimeSource.system();
		long before = time.nanoTime();
		for (int i = 0; i < 1_000; i++) {
			long now = time.nanoTime();
			assertThat(now - before).isNotNegative();
			before = now;
		}
	}

	@Test
	void systemClockKnowsTheDate() {
		long before = Instant.now().toEpochMilli();
		assertThat(TimeSource.system().epochMillis()).isBetween(before, Instant.now().toEpochMilli());
	}

	@Test
	void systemClockIsShared() {
		assertThat(TimeSource.system()).isSameAs(TimeSource.system());
	}

}
