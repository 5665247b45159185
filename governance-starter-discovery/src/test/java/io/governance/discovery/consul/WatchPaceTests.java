// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;

import io.governance.discovery.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WatchPace}.
 */
class WatchPaceTests {

	private final ManualTime time = new ManualTime();

	private final WatchPace pace = new WatchPace(this.time);

	@Test
	void restsLongerAfterEachFailureUpToFiveSecondsAndStartsAnewAfterAnAnswer() {
		long[] rests = new long[7];
		for (int i = 0; i < rests.length; i++) {
			rests[i] = this.pace.afterFailure();
		}
		assertThat(rests).containsExactly(250, 500, 1000, 2000, 4000, 5000, 5000);
		this.pace.afterAnswer();
		assertThat(this.pace.afterFailure()).isEqualTo(250);
	}

	@Test
	void rareAnswersAreFollowedByTheNextQueryAtOnce() {
		for (int i = 0; i < 100; i++) {
			this.time.advance(Duration.ofMillis(500));
			assertThat(this.pace.afterAnswer()).isZero();
		}
	}

	@Test
	void constantChurnIsSlowedDownToTwoQueriesASecond() {
		int queries = 0;
		long end = this.time.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (this.time.nanoTime() < end) {
			this.time.advance(Duration.ofMillis(1 + this.pace.afterAnswer()));
			queries++;
		}
		assertThat(queries).isBetween(120, 140);
	}

}
