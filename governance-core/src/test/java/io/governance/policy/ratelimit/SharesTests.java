// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SharesTests {

	private static Shares shares(long limit, Duration per, long burst, int instances) {
		return new Shares(TestLimit.of(limit).per(per).burst(burst).rule().rate(), instances);
	}

	@ParameterizedTest(name = "{0} per {1} with burst {2} for {3}: reserve {4}, at most {5}, pause {6} ms")
	@CsvSource({ "1000, PT1S, 1000, 1, 250, 1000, 10", "1000, PT1S, 1000, 4, 62, 250, 10",
			"1000, PT1S, 100, 4, 6, 100, 10", "4, PT1H, 4, 4, 1, 1, 10", "4, PT1H, 4, 5, 0, 1, 10",
			"1000, PT1S, 1000, 100, 2, 10, 100", "1000, PT1S, 1000, 5000, 0, 1, 250" })
	void aLimitIsShared(long limit, Duration per, long burst, int instances, long reserve, long most, long pause) {
		Shares shares = shares(limit, per, burst, instances);
		assertThat(shares.reserve()).isEqualTo(reserve);
		assertThat(shares.most()).isEqualTo(most);
		assertThat(shares.pauseNanos()).isEqualTo(Duration.ofMillis(pause).toNanos());
	}

	@Property
	void allReservesTogetherAreNoMoreThanTheBurst(@ForAll @LongRange(min = 1, max = 1_000_000) long limit,
			@ForAll @LongRange(min = 1, max = 1_000_000) long burst,
			@ForAll @IntRange(min = 1, max = 5_000) int instances) {
		Shares shares = shares(limit, Duration.ofSeconds(1), burst, instances);
		assertThat(shares.reserve() * instances).isLessThanOrEqualTo(burst);
		assertThat(shares.most()).isBetween(Math.max(1, shares.reserve()), Math.max(1, burst));
	}

	@Property
	void theSharesOfAllAreNoMoreThanTheLimit(@ForAll @LongRange(min = 1, max = 100_000) long limit,
			@ForAll @IntRange(min = 1, max = 500) int instances) {
		LocalShare share = shares(limit, Duration.ofSeconds(1), limit, instances).alone(1, 0, 0);
		long now = Duration.ofSeconds(1).toNanos() - 1;
		long admitted = share.available(now);
		assertThat(admitted * instances).isLessThanOrEqualTo(Math.max(limit, instances));
	}

}
