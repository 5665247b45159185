// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalShareTests {

	private static final long INTERVAL = 100;

	private static LocalShare share(long begin, long lent, long now) {
		return new LocalShare(1, INTERVAL, 10, begin, lent, now);
	}

	private static int take(LocalShare share, int calls, long now) {
		int taken = 0;
		for (int i = 0; i < calls; i++) {
			taken += share.tryTake(now) ? 1 : 0;
		}
		return taken;
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE / 2, -1, 0, Long.MAX_VALUE / 4 })
	void beginsWithWhatItIsGivenAndFillsUpToItsCapacity(long now) {
		LocalShare share = share(3, 3, now);
		assertThat(share.available(now)).isEqualTo(3);
		assertThat(take(share, 20, now)).isEqualTo(3);
		assertThat(share.nanosToNext(now)).isEqualTo(INTERVAL);
		assertThat(take(share, 20, now + INTERVAL - 1)).isZero();
		assertThat(take(share, 20, now + INTERVAL)).isEqualTo(1);
		assertThat(take(share, 20, now + 1_000 * INTERVAL)).isEqualTo(10);
	}

	@Test
	void partsOfAnIntervalAreNotLost() {
		LocalShare share = share(0, 0, 0);
		int taken = 0;
		for (long now = 0; now < 100 * INTERVAL; now += 7) {
			taken += take(share, 5, now);
		}
		assertThat(taken).isEqualTo(99);
	}

	@Test
	void whatIsTakenAllAtOnceIsGone() {
		LocalShare share = share(4, 4, 0);
		assertThat(share.takeAll(0)).isEqualTo(4);
		assertThat(take(share, 5, 1_000_000)).isZero();
		assertThat(share.available(1_000_000)).isZero();
		assertThat(share.takeAll(1_000_000)).isZero();
	}

	@ParameterizedTest(name = "of {0} lent, {1} taken and {2} kept owes {3}")
	@CsvSource({ "0, 3, 0, 3", "4, 3, 0, 0", "4, 4, 2, 2", "0, 10, 5, 10" })
	void owesWhatNobodyHasLentIt(long lent, int taken, long kept, long owed) {
		LocalShare share = share(10, lent, 0);
		assertThat(take(share, taken, 0)).isEqualTo(taken);
		assertThat(share.owed(kept)).isEqualTo(owed);
	}

	@Test
	void whatFollowsItWhenTheStoreIsGivenUpIsWholeLessWhatWasTaken() {
		LocalShare first = share(3, 3, 0);
		assertThat(take(first, 5, 0)).isEqualTo(3);
		LocalShare share = first.givenUp(2, 0);
		assertThat(share.outage()).isEqualTo(2);
		assertThat(take(share, 20, 0)).isEqualTo(7);
		assertThat(share.owed(0)).isEqualTo(7);
	}

}
