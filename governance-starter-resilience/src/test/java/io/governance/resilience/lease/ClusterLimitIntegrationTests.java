// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.lease.Leases;
import io.governance.test.FakeCall;
import io.governance.test.Requirement;
import io.governance.test.store.RealRedis;
import io.governance.time.TimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A limit that three instances share by a real Redis. {@code scripts/soak cluster-limit}
 * takes longer over each part.
 */
class ClusterLimitIntegrationTests {

	@RegisterExtension
	static final Requirement REDIS = RealRedis.requirement();

	private static final Duration PART = Duration.ofSeconds(Integer.getInteger("cluster.seconds", 3));

	/** A decision that waited for Redis, when it hangs, would take longer. */
	private static final long DECIDED_NANOS = 100_000_000;

	private final TimeSource time = TimeSource.system();

	private final List<LimitedInstance> instances = new ArrayList<>();

	private RealRedis redis;

	@BeforeEach
	void start() {
		this.redis = RealRedis.start();
	}

	@AfterEach
	void stop() {
		this.instances.forEach(LimitedInstance::close);
		this.redis.close();
	}

	private void start(int count, String... properties) {
		for (int i = 0; i < count; i++) {
			this.instances.add(new LimitedInstance(this.redis.port(), properties));
		}
		await(Leases.State.UP);
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.instances)
				.allSatisfy((instance) -> assertThat(instance.leases().instances()).isEqualTo(count)));
	}

	private void await(Leases.State state) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.instances)
				.allSatisfy((instance) -> assertThat(instance.leases().state()).isEqualTo(state)));
	}

	/**
	 * The rate of a part of the test, from now on.
	 */
	private double rateOfAPart(Admissions admissions) {
		long from = this.time.nanoTime();
		Awaitility.await().atMost(PART.plusSeconds(10)).until(() -> this.time.nanoTime() - from >= PART.toNanos());
		assertThat(admissions.tookNanos()).isLessThan(DECIDED_NANOS);
		return admissions.rate(from, from + PART.toNanos());
	}

	@Test
	void threeInstancesKeepToTheLimitTogetherThoughRedisGoesAndComes() {
		start(3, "governance.rules.rate-limit.shared.limit=1000", "governance.rules.rate-limit.shared.burst=200");
		Admissions admissions = new Admissions();
		this.instances.forEach((instance) -> instance.call(800, admissions));
		rateOfAPart(admissions);
		assertThat(rateOfAPart(admissions)).as("with Redis").isBetween(950.0, 1_050.0);
		this.redis.kill();
		await(Leases.State.DOWN);
		assertThat(rateOfAPart(admissions)).as("without").isBetween(900.0, 1_010.0);
		// clocks and threads are not exact
		assertThat(admissions.most(1_000)).isLessThanOrEqualTo(1.1 * 200);
		this.redis.restart();
		await(Leases.State.UP);
		rateOfAPart(admissions);
		assertThat(rateOfAPart(admissions)).as("again with Redis").isBetween(950.0, 1_050.0);
		// an instance may see half a second before another one that Redis is back
		assertThat(admissions.most(1_000)).isLessThanOrEqualTo(1.1 * 200 + 500);
	}

	@Test
	void whatOneInstanceDoesNotUseTheOthersGet() {
		start(3, "governance.rules.rate-limit.shared.limit=600", "governance.rules.rate-limit.shared.burst=200");
		Admissions admissions = new Admissions();
		this.instances.get(0).call(900, admissions);
		this.instances.get(1).call(20, admissions);
		rateOfAPart(admissions);
		assertThat(rateOfAPart(admissions)).isBetween(570.0, 630.0);
	}

	@Test
	void callsAreDecidedAtOnceThoughRedisHangs() {
		start(1, "governance.rules.rate-limit.shared.limit=1000", "governance.rules.rate-limit.shared.burst=200");
		Admissions admissions = new Admissions();
		this.instances.get(0).call(1_500, admissions);
		this.redis.signal("STOP");
		await(Leases.State.DOWN);
		assertThat(rateOfAPart(admissions)).isBetween(900.0, 1_050.0);
		this.redis.signal("CONT");
		await(Leases.State.UP);
	}

	@Test
	void aKeysSmallLimitHoldsForAllInstances() {
		start(2, "governance.rules.rate-limit.shared.limit=4", "governance.rules.rate-limit.shared.per=1h",
				"governance.rules.rate-limit.shared.key=header:x-user");
		for (String user : List.of("ann", "bob", "*", "")) {
			FakeCall call = FakeCall.at("orders").header("x-user", user);
			int[] admitted = { 0 };
			Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
				this.instances.forEach((instance) -> admitted[0] += instance.admits(call) ? 1 : 0);
				return admitted[0] >= 3;
			});
			for (int i = 0; i < 50; i++) {
				this.instances.forEach((instance) -> admitted[0] += instance.admits(call) ? 1 : 0);
			}
			assertThat(admitted[0]).as(user).isBetween(3, 4);
		}
		assertThat(this.instances.get(0).state()).contains("keys=4", "store=up", "instances=2");
	}

	@Test
	void anAbsentRedisDelaysNothingAndShows() {
		this.redis.kill();
		LimitedInstance alone = new LimitedInstance(this.redis.port(), "governance.rules.rate-limit.shared.limit=10");
		this.instances.add(alone);
		await(Leases.State.DOWN);
		assertThat(alone.meter("governance.lease.store.up")).isZero();
		assertThat(alone.admits()).isTrue();
		assertThat(alone.state()).contains("store=down", "instances=unknown");
		this.redis.restart();
		await(Leases.State.UP);
		assertThat(alone.meter("governance.lease.store.up")).isEqualTo(1);
		assertThat(alone.meter("governance.lease.instances")).isEqualTo(1);
	}

	@Test
	void aRedisThatForgetsScriptsIsToldThemAgain() {
		start(1, "governance.rules.rate-limit.shared.limit=100");
		Admissions admissions = new Admissions();
		this.instances.get(0).call(300, admissions);
		this.redis.kill();
		this.redis.restart();
		await(Leases.State.UP);
		rateOfAPart(admissions);
		assertThat(rateOfAPart(admissions)).isBetween(90.0, 105.0);
	}

}
