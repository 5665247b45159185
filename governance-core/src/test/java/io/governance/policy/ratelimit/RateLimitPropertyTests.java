// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.match.CallKey;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitPropertyTests {

	private static final FakeCall CALL = FakeCall.at("orders");

	private static Policy policy(RateLimitRule rule, ManualTimeSource time) {
		return new RateLimitRuleType().newPolicy(rule, new TestContext("rate-limit/r", time).context());
	}

	@Property(tries = 400)
	void neverAdmitsMoreThanBurstPlusRateInAnyWindow(@ForAll @LongRange(min = 1, max = 50) long limit,
			@ForAll @LongRange(min = 1, max = 100) long burst, @ForAll @LongRange(min = 1, max = 3_000) long perMillis,
			@ForAll @Size(max = 60) List<@IntRange(max = 500) Integer> pauses) {
		ManualTimeSource time = new ManualTimeSource();
		Policy policy = policy(new RateLimitRule(null, null, 0, null, limit, Duration.ofMillis(perMillis), burst, null),
				time);
		List<Long> admitted = new ArrayList<>();
		for (int pause : pauses) {
			time.advance(Duration.ofMillis(pause));
			while (policy.tryAcquire(CALL) instanceof Decision.Admitted) {
				admitted.add(time.nanoTime());
			}
		}
		double perNano = (double) limit / Duration.ofMillis(perMillis).toNanos();
		for (int from = 0; from < admitted.size(); from++) {
			double bound = burst + perNano * (admitted.get(admitted.size() - 1) - admitted.get(from));
			assertThat(admitted.size() - from <= bound + 1e-6).as("from %s of %s", from, admitted).isTrue();
		}
	}

	@Property(tries = 400)
	void admitsAgainWhenItSaid(@ForAll @LongRange(min = 1, max = 50) long limit,
			@ForAll @LongRange(min = 1, max = 20) long burst, @ForAll @LongRange(min = 1, max = 3_000) long perMillis,
			@ForAll @Size(max = 20) List<@IntRange(max = 500) Integer> pauses) {
		ManualTimeSource time = new ManualTimeSource();
		Policy policy = policy(new RateLimitRule(null, null, 0, CallKey.parse("caller"), limit,
				Duration.ofMillis(perMillis), burst, null), time);
		for (int pause : pauses) {
			time.advance(Duration.ofMillis(pause));
			Decision decision = policy.tryAcquire(CALL);
			while (decision instanceof Decision.Admitted) {
				decision = policy.tryAcquire(CALL);
			}
			long wait = ((Decision.Rejected) decision).rejection().retryAfterNanos();
			assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMillis(perMillis).toNanos() / limit + 1);
			// Bucket4j rounds to whole nanoseconds, either way
			if (wait > 2) {
				time.advanceNanos(wait - 2);
				assertThat(policy.tryAcquire(CALL)).isInstanceOf(Decision.Rejected.class);
				time.advanceNanos(2);
			}
			else {
				time.advanceNanos(wait);
			}
			if (policy.tryAcquire(CALL) instanceof Decision.Rejected tooEarly) {
				assertThat(tooEarly.rejection().retryAfterNanos()).isEqualTo(1);
				time.advanceNanos(1);
				assertThat(policy.tryAcquire(CALL)).isInstanceOf(Decision.Admitted.class);
			}
		}
	}

}
