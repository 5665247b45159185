// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PermitsTests {

	static int takeAll(Permits permits) {
		int taken = 0;
		while (permits.tryAcquire()) {
			taken++;
		}
		return taken;
	}

	@Test
	void becomeFewerWithoutAWait() {
		Permits permits = new Permits("p", 5);
		takeAll(permits);
		permits.resize(1);
		assertThat(permits.used()).isEqualTo(5);
		permits.release();
		assertThat(permits.tryAcquire()).isFalse();
		assertThat(permits.used()).isEqualTo(4);
	}

	@Test
	void areNotFewerThanWanted() {
		Permits permits = new Permits("p", 5);
		permits.resize(2);
		assertThat(takeAll(permits)).isEqualTo(2);
	}

	@Test
	void whatIsOwedIsForgivenWhenThereMayBeMoreAgain() {
		Permits permits = new Permits("p", 5);
		takeAll(permits);
		permits.resize(1);
		permits.release();
		permits.resize(5);
		assertThat(takeAll(permits)).isEqualTo(1);
		permits.resize(7);
		assertThat(takeAll(permits)).isEqualTo(2);
		assertThat(permits.used()).isEqualTo(7);
	}

	@Test
	void manyChangesDoNotAddUp() {
		Permits permits = new Permits("p", 1);
		for (int i = 0; i < 1_000; i++) {
			permits.resize(1_000);
			permits.resize(1);
		}
		assertThat(takeAll(permits)).isEqualTo(1);
	}

}
