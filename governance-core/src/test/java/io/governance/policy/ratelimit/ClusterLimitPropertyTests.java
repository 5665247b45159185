// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.governance.lease.Leases;
import io.governance.lease.SimulatedLeases;
import io.governance.lease.SimulatedStore;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.BeforeTry;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterLimitPropertyTests {

	private static final FakeCall CALL = FakeCall.at("orders");

	private ManualTimeSource time;

	private SimulatedStore store;

	private final List<SimulatedLeases> leases = new ArrayList<>();

	private final List<Policy> policies = new ArrayList<>();

	private final List<Long> admitted = new ArrayList<>();

	@BeforeTry
	void nothingYet() {
		this.time = new ManualTimeSource(1_000_000_000_000L);
		this.store = new SimulatedStore(this.time);
		this.leases.clear();
		this.policies.clear();
		this.admitted.clear();
	}

	private void start(int instances, TestLimit limit) {
		RateLimitRule rule = limit.cluster().rule();
		assertThat(new RateLimitRuleType().validate(rule)).isEmpty();
		for (int i = 0; i < instances; i++) {
			SimulatedLeases mine = new SimulatedLeases("i" + i, instances, this.store, this.time);
			this.leases.add(mine);
			this.policies.add(new RateLimitRuleType().newPolicy(rule,
					new TestContext("rate-limit/r", this.time, mine).context()));
		}
	}

	private void call(int instance, int times) {
		for (int i = 0; i < times; i++) {
			if (this.policies.get(instance).tryAcquire(CALL) instanceof Decision.Admitted) {
				this.admitted.add(this.time.nanoTime());
			}
		}
	}

	/**
	 * No span has more than the burst and what the limit gives in it, counted exactly: in
	 * permits times the period.
	 */
	private void assertBounded(long limit, long perMillis, long burst) {
		BigInteger period = BigInteger.valueOf(perMillis * 1_000_000);
		BigInteger lowest = null;
		for (int i = 0; i < this.admitted.size(); i++) {
			long passed = this.admitted.get(i) - this.admitted.get(0);
			BigInteger ahead = BigInteger.valueOf(i)
				.multiply(period)
				.subtract(BigInteger.valueOf(limit).multiply(BigInteger.valueOf(passed)));
			lowest = (lowest != null) ? lowest.min(ahead) : ahead;
			assertThat(ahead.subtract(lowest)).as("call %s of %s", i, this.admitted.size())
				.isLessThanOrEqualTo(BigInteger.valueOf(burst - 1).multiply(period));
		}
	}

	private void someTime(Random random) {
		this.time.advanceNanos(switch (random.nextInt(6)) {
			case 0 -> random.nextLong(1_000);
			case 1 -> random.nextLong(5_000_000_000L);
			case 2 -> random.nextLong(300_000_000);
			default -> random.nextLong(20_000_000);
		});
	}

	@Property(tries = 400)
	void noSpanHasMoreThanBurstPlusRateWhileTheStoreAnswersOrItsAnswersGetLost(
			@ForAll @IntRange(min = 1, max = 6) int instances, @ForAll @LongRange(min = 1, max = 700) long limit,
			@ForAll @LongRange(min = 50, max = 3_000) long perMillis, @ForAll @LongRange(max = 500) long more,
			@ForAll long seed) {
		long burst = Math.max(limit, instances) + more;
		start(instances, TestLimit.of(limit).perMillis(perMillis).burst(burst));
		Random random = new Random(seed);
		for (int step = 0; step < 300; step++) {
			someTime(random);
			int instance = random.nextInt(instances);
			switch (random.nextInt(4)) {
				case 0 -> this.leases.get(instance).exchange();
				case 1 -> {
					if (random.nextInt(5) == 0) {
						this.leases.get(instance).loseAnswer();
					}
				}
				default -> call(instance, random.nextInt(40));
			}
		}
		assertBounded(limit, perMillis, burst);
	}

	/**
	 * With a smaller burst than instances each of them may keep one permit besides.
	 */
	@Property(tries = 200)
	void aSmallBurstIsExceededByTheNumberOfInstancesAtMost(@ForAll @IntRange(min = 2, max = 6) int instances,
			@ForAll @LongRange(min = 1_000, max = 60_000) long perMillis, @ForAll long seed) {
		Random random = new Random(seed);
		long burst = random.nextLong(1, instances);
		start(instances, TestLimit.of(burst).perMillis(perMillis));
		for (int step = 0; step < 300; step++) {
			this.time.advanceNanos(random.nextLong(perMillis * 1_000_000));
			int instance = random.nextInt(instances);
			call(instance, random.nextInt(3));
			this.leases.get(random.nextInt(instances)).exchange();
		}
		assertBounded(burst, perMillis, burst + instances);
	}

	@Property(tries = 300)
	void noSpanHasMoreThanBurstPlusRateThoughTheStoreGoesAndComesEmpty(
			@ForAll @IntRange(min = 1, max = 6) int instances, @ForAll @LongRange(min = 1, max = 700) long limit,
			@ForAll @LongRange(min = 50, max = 3_000) long perMillis, @ForAll @LongRange(max = 500) long more,
			@ForAll long seed) {
		long burst = Math.max(limit, instances) + more;
		start(instances, TestLimit.of(limit).perMillis(perMillis).burst(burst));
		Random random = new Random(seed);
		for (int step = 0; step < 300; step++) {
			someTime(random);
			int instance = random.nextInt(instances);
			switch (random.nextInt(20)) {
				case 0 -> {
					this.leases.forEach((lease) -> lease.state(Leases.State.DOWN));
					this.store.lose();
				}
				case 1 -> this.leases.forEach((lease) -> lease.state(Leases.State.UP));
				case 2, 3, 4, 5 -> this.leases.get(instance).exchange();
				default -> call(instance, random.nextInt(40));
			}
		}
		assertBounded(limit, perMillis, burst);
	}

	/**
	 * Instances see one after the other, within half a second, that the store is away or
	 * back. In that time some admit their share and others what is lent; and those that
	 * come first take out of the bucket what the others have not told yet.
	 */
	@Property(tries = 300)
	void anOutageOfAStoreThatKeepsItsDataAddsABurstAtMost(@ForAll @IntRange(min = 1, max = 6) int instances,
			@ForAll @LongRange(min = 1, max = 700) long limit,
			@ForAll @LongRange(min = 500, max = 3_000) long perMillis, @ForAll @LongRange(max = 500) long more,
			@ForAll long seed) {
		long burst = Math.max(limit, instances) + more;
		start(instances, TestLimit.of(limit).perMillis(perMillis).burst(burst));
		Random random = new Random(seed);
		long begin = this.time.nanoTime();
		int outages = 0;
		for (int step = 0; step < 200; step++) {
			someTime(random);
			if (random.nextInt(20) == 0) {
				Leases.State next = random.nextBoolean() ? Leases.State.DOWN : Leases.State.UP;
				outages += (this.leases.get(0).state() != Leases.State.DOWN && next == Leases.State.DOWN) ? 1 : 0;
				this.leases.forEach((lease) -> {
					lease.state(next);
					this.time.advanceNanos(random.nextLong(500_000_000L / instances));
					call(random.nextInt(instances), random.nextInt(40));
				});
			}
			int instance = random.nextInt(instances);
			if (random.nextInt(3) == 0) {
				this.leases.get(instance).exchange();
			}
			else {
				call(instance, random.nextInt(40));
			}
		}
		double windows = (this.time.nanoTime() - begin) / (perMillis * 1e6);
		assertThat((double) this.admitted.size()).isLessThanOrEqualTo(limit * windows + burst * (1.0 + outages));
	}

	@Property(tries = 60)
	void nextToAllOfTheLimitIsReachedUnderOverload(@ForAll @IntRange(min = 1, max = 8) int instances,
			@ForAll @LongRange(min = 50, max = 2_000) long limit, @ForAll long seed) {
		start(instances, TestLimit.of(limit).burst(limit));
		Random random = new Random(seed);
		for (int millis = 0; millis < 10_000; millis++) {
			this.time.advance(Duration.ofMillis(1));
			for (int i = 0; i < instances; i++) {
				call(i, (int) (1 + random.nextLong(2 * limit / instances / 500 + 1)));
				this.leases.get(i).exchange();
			}
		}
		assertBounded(limit, 1_000, limit);
		assertThat(this.admitted.size()).isGreaterThanOrEqualTo((int) (0.95 * 10 * limit));
	}

	@Property(tries = 60)
	void theShareOfAnInstanceThatAsksForLittleGoesToTheOthers(@ForAll @LongRange(min = 50, max = 2_000) long limit) {
		start(4, TestLimit.of(limit).burst(limit));
		for (int millis = 0; millis < 10_000; millis++) {
			this.time.advance(Duration.ofMillis(1));
			call(0, (int) (limit / 250 + 1));
			call(1 + millis % 3, (millis % 300 == 0) ? 1 : 0);
			this.leases.forEach(SimulatedLeases::exchange);
		}
		assertBounded(limit, 1_000, limit);
		assertThat(this.admitted.size()).isGreaterThanOrEqualTo((int) (0.95 * 10 * limit));
	}

	@Property(tries = 60)
	void aloneAllInstancesTogetherReachTheLimitAndKeepToIt(@ForAll @IntRange(min = 1, max = 8) int instances,
			@ForAll @LongRange(min = 50, max = 2_000) long limit) {
		start(instances, TestLimit.of(limit).burst(limit));
		this.leases.forEach((lease) -> lease.state(Leases.State.DOWN));
		for (int millis = 0; millis < 5_000; millis++) {
			this.time.advance(Duration.ofMillis(1));
			IntStream.range(0, instances).forEach((i) -> call(i, (int) (limit / 200 / instances + 1)));
		}
		assertBounded(limit, 1_000, limit);
		assertThat(this.admitted.size()).isGreaterThanOrEqualTo((int) (0.95 * 5 * limit));
	}

}
