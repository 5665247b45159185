// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
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
		Policy policy = policy(TestLimit.of(limit).perMillis(perMillis).burst(burst).rule(), time);
		List<Long> admitted = new ArrayList<>();
		for (int pause : pauses) {
			time.advance(Duration.ofMillis(pause));
			while (policy.tryAcquire(CALL) instanceof Decision.Admitted) {
				admitted.add(time.nanoTime());
			}
		}
		assertBounded(admitted, limit, perMillis, burst);
	}

	/**
	 * No window has more than the burst and what the rate gives in it: how far calls run
	 * ahead of the rate never grows by more than the burst.
	 */
	private static void assertBounded(List<Long> admitted, long limit, long perMillis, long burst) {
		double perNano = (double) limit / Duration.ofMillis(perMillis).toNanos();
		double lowest = Double.POSITIVE_INFINITY;
		for (int i = 0; i < admitted.size(); i++) {
			double ahead = i - perNano * (admitted.get(i) - admitted.get(0));
			lowest = Math.min(lowest, ahead);
			assertThat(ahead - lowest <= burst - 1 + 1e-6).as("up to %s of %s", i, admitted).isTrue();
		}
	}

	/**
	 * One call after each pause; the times at which those went that were not rejected.
	 */
	private static List<Long> goes(Policy policy, ManualTimeSource time, List<Integer> pauses, long maxWaitNanos) {
		List<Long> goes = new ArrayList<>();
		for (int pause : pauses) {
			time.advance(Duration.ofMillis(pause));
			Decision decision = policy.tryAcquire(CALL);
			if (decision instanceof Decision.Admitted) {
				goes.add(time.nanoTime());
			}
			else if (decision instanceof Decision.Delayed delayed) {
				assertThat(delayed.waitNanos()).isPositive().isLessThanOrEqualTo(maxWaitNanos);
				goes.add(time.nanoTime() + delayed.waitNanos());
			}
			else {
				assertThat(((Decision.Rejected) decision).rejection().retryAfterNanos()).isPositive();
			}
		}
		return goes;
	}

	@Property(tries = 400)
	void pacedCallsGoInOrderNeverCloserThanTheIntervalAndWaitNoLongerThanTheyMay(
			@ForAll @LongRange(min = 1, max = 50) long limit, @ForAll @LongRange(min = 1, max = 3_000) long perMillis,
			@ForAll @LongRange(min = 1, max = 5_000) long maxWaitMillis,
			@ForAll @Size(max = 80) List<@IntRange(max = 300) Integer> pauses) {
		ManualTimeSource time = new ManualTimeSource();
		RateLimitRule rule = TestLimit.of(limit).perMillis(perMillis).pacingMillis(maxWaitMillis).rule();
		List<Long> goes = goes(policy(rule, time), time, pauses, maxWaitMillis * 1_000_000);
		for (int i = 1; i < goes.size(); i++) {
			assertThat(goes.get(i) - goes.get(i - 1)).isGreaterThanOrEqualTo(rule.rate().intervalNanos());
		}
		assertBounded(goes, limit, perMillis, 1);
	}

	@Property(tries = 400)
	void pacingAndWarmUpNeverAdmitMoreThanBurstPlusRateInAnyWindow(@ForAll @LongRange(min = 1, max = 50) long limit,
			@ForAll @LongRange(min = 1, max = 30) long burst, @ForAll @LongRange(min = 1, max = 3_000) long perMillis,
			@ForAll @LongRange(max = 5_000) long maxWaitMillis, @ForAll @LongRange(max = 20) long warmUpSeconds,
			@ForAll @Size(max = 80) List<@IntRange(max = 300) Integer> pauses) {
		ManualTimeSource time = new ManualTimeSource();
		TestLimit limits = TestLimit.of(limit).perMillis(perMillis).burst(burst);
		limits = (maxWaitMillis > 0) ? limits.pacingMillis(maxWaitMillis) : limits;
		limits = (warmUpSeconds > 0) ? limits.warmUp(Duration.ofSeconds(warmUpSeconds)) : limits;
		List<Long> goes = goes(policy(limits.rule(), time), time, pauses, maxWaitMillis * 1_000_000);
		assertBounded(goes, limit, perMillis, burst);
	}

	@Property(tries = 400)
	void turnsThatAreGivenBackMakeNoTwoCallsGoAtOnce(@ForAll @LongRange(min = 1, max = 50) long limit,
			@ForAll @LongRange(min = 1, max = 5_000) long maxWaitMillis,
			@ForAll @LongRange(max = 10) long warmUpSeconds,
			@ForAll @Size(max = 80) List<@IntRange(max = 100) Integer> pauses, @ForAll long seed) {
		ManualTimeSource time = new ManualTimeSource();
		TestLimit limits = TestLimit.of(limit).pacingMillis(maxWaitMillis);
		limits = (warmUpSeconds > 0) ? limits.warmUp(Duration.ofSeconds(warmUpSeconds)) : limits;
		Policy policy = policy(limits.rule(), time);
		Random random = new Random(seed);
		Map<Decision.Delayed, Long> waiting = new LinkedHashMap<>();
		TreeSet<Long> goes = new TreeSet<>();
		for (int pause : pauses) {
			time.advance(Duration.ofMillis(pause));
			waiting.values().removeIf((start) -> start <= time.nanoTime());
			Decision decision = policy.tryAcquire(CALL);
			if (decision instanceof Decision.Admitted) {
				assertThat(goes.add(time.nanoTime())).isTrue();
			}
			else if (decision instanceof Decision.Delayed delayed) {
				waiting.put(delayed, time.nanoTime() + delayed.waitNanos());
				assertThat(goes.add(time.nanoTime() + delayed.waitNanos())).isTrue();
			}
			if (!waiting.isEmpty() && random.nextBoolean()) {
				Decision.Delayed quitter = List.copyOf(waiting.keySet()).get(random.nextInt(waiting.size()));
				goes.remove(waiting.remove(quitter));
				quitter.permit().release(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
			}
		}
		assertBounded(List.copyOf(goes), limit, 1_000, 1);
	}

	@Property(tries = 400)
	void admitsAgainWhenItSaid(@ForAll @LongRange(min = 1, max = 50) long limit,
			@ForAll @LongRange(min = 1, max = 20) long burst, @ForAll @LongRange(min = 1, max = 3_000) long perMillis,
			@ForAll @Size(max = 20) List<@IntRange(max = 500) Integer> pauses) {
		ManualTimeSource time = new ManualTimeSource();
		Policy policy = policy(TestLimit.of(limit).key("caller").perMillis(perMillis).burst(burst).rule(), time);
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
