// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.lease.Leases;
import io.governance.resilience.lease.Admissions.Part;
import io.governance.test.FakeCall;
import io.governance.test.Requirement;
import io.governance.test.store.RealRedis;
import io.governance.time.TimeSource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A limit that three instances share by a real Redis. {@code scripts/soak cluster-limit}
 * takes longer over each part.
 */
class ClusterLimitIntegrationTests {

	@RegisterExtension
	static final Requirement REDIS = RealRedis.requirement();

	private static final Logger logger = LoggerFactory.getLogger(ClusterLimitIntegrationTests.class);

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
	 * A part of the test, from now on.
	 */
	private Part part(String name, Admissions admissions) {
		long from = this.time.nanoTime();
		Awaitility.await().atMost(PART.plusSeconds(10)).until(() -> this.time.nanoTime() - from >= PART.toNanos());
		Part part = admissions.part(name, from, from + PART.toNanos());
		logger.info("cluster-limit {}", part);
		assertThat(part.p99Nanos()).as("of decisions %s", name).isLessThan(DECIDED_NANOS);
		return part;
	}

	private double rateOfAPart(Admissions admissions) {
		return part("part", admissions).admitted();
	}

	/**
	 * A decision waits neither for a Redis that is there nor for one that is away.
	 */
	private static void assertUnchanged(Part part, Part first) {
		assertThat(part.medianRatio(first)).as("median %s / %s", part.name(), first.name()).isBetween(0.2, 5.0);
		assertThat(part.p99Ratio(first)).as("p99 %s / %s", part.name(), first.name()).isBetween(0.1, 10.0);
	}

	@Test
	void threeInstancesKeepToTheLimitTogetherThoughRedisGoesAndComes() {
		start(3, "governance.rules.rate-limit.shared.limit=1000", "governance.rules.rate-limit.shared.burst=200");
		Admissions admissions = new Admissions();
		this.instances.forEach((instance) -> instance.call(800, admissions));
		part("warm-up", admissions);
		Part with = part("with Redis", admissions);
		assertThat(with.admitted()).as("with Redis").isBetween(950.0, 1_050.0);
		this.redis.kill();
		await(Leases.State.DOWN);
		part("Redis goes", admissions);
		Part without = part("without Redis", admissions);
		assertThat(without.admitted()).as("without").isBetween(900.0, 1_010.0);
		double most = admissions.most(1_000);
		logger.info("cluster-limit {} calls ahead of the rate at most, of a burst of 200", (long) most);
		// clocks and threads are not exact
		assertThat(most).isLessThanOrEqualTo(1.1 * 200);
		this.redis.restart();
		await(Leases.State.UP);
		part("Redis comes", admissions);
		Part again = part("again with Redis", admissions);
		assertThat(again.admitted()).as("again with Redis").isBetween(950.0, 1_050.0);
		// an instance may see half a second before another one that Redis is back
		assertThat(admissions.most(1_000)).isLessThanOrEqualTo(1.1 * 200 + 500);
		assertUnchanged(without, with);
		assertUnchanged(again, with);
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

	private int admittedOf(int rounds) {
		int admitted = 0;
		for (int i = 0; i < rounds; i++) {
			for (LimitedInstance instance : this.instances) {
				admitted += instance.admits() ? 1 : 0;
			}
		}
		return admitted;
	}

	private int admittedUntil(int enough) {
		int[] admitted = { 0 };
		Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
			admitted[0] += admittedOf(5);
			return admitted[0] >= enough;
		});
		return admitted[0];
	}

	@Test
	void aRedisThatLosesItsDataUnnoticedGivesNothingOutAgain() {
		start(2, "governance.rules.rate-limit.shared.limit=100", "governance.rules.rate-limit.shared.per=1h");
		int admitted = admittedUntil(95);
		try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", this.redis.port()))) {
			client.connect().sync().flushall();
		}
		long from = this.time.nanoTime();
		while (this.time.nanoTime() - from < PART.toNanos()) {
			admitted += admittedOf(1);
		}
		assertThat(admitted).isBetween(95, 102);
	}

	@Test
	void instancesWithTheRuleBeforeAndAfterAChangeDoNotAdmitBothLimits() {
		start(1, "governance.rules.rate-limit.shared.limit=100", "governance.rules.rate-limit.shared.per=1h");
		this.instances.add(new LimitedInstance(this.redis.port(), "governance.rules.rate-limit.shared.limit=120",
				"governance.rules.rate-limit.shared.per=1h"));
		await(Leases.State.UP);
		int admitted = admittedUntil(90);
		long from = this.time.nanoTime();
		while (this.time.nanoTime() - from < PART.toNanos()) {
			admitted += admittedOf(1);
		}
		assertThat(admitted).isBetween(90, 150);
	}

}
