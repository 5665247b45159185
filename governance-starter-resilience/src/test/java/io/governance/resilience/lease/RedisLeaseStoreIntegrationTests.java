// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.util.concurrent.TimeUnit;

import io.governance.lease.LeaseBeat;
import io.governance.lease.LeaseGrant;
import io.governance.lease.LeaseRequest;
import io.governance.test.Requirement;
import io.governance.test.store.RealRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a real Redis makes of the scripts.
 */
class RedisLeaseStoreIntegrationTests {

	@RegisterExtension
	static final Requirement REDIS = RealRedis.requirement();

	private static final long HOUR_MICROS = 3_600_000_000L;

	private static final String BUCKET = "limits:orders:rate-limit/r:*";

	private RealRedis redis;

	private LettuceConnectionFactory factory;

	private RedisLeaseStore one;

	private RedisLeaseStore other;

	private RedisClient client;

	private RedisCommands<String, String> commands;

	@BeforeEach
	void start() throws Exception {
		this.redis = RealRedis.start();
		this.factory = new LettuceConnectionFactory("127.0.0.1", this.redis.port());
		this.factory.afterPropertiesSet();
		this.factory.start();
		this.one = store("one");
		this.other = store("other");
		assertThat(beat(this.one).instances()).isOne();
		assertThat(beat(this.other).instances()).isEqualTo(2);
		this.client = RedisClient.create(RedisURI.create("127.0.0.1", this.redis.port()));
		this.commands = this.client.connect().sync();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.one.destroy();
		this.other.destroy();
		this.factory.destroy();
		this.redis.close();
	}

	private RedisLeaseStore store(String instance) {
		return new RedisLeaseStore(new LeaseConnections(() -> this.factory, () -> null), "limits:", "orders", instance);
	}

	private static LeaseBeat beat(RedisLeaseStore store) throws Exception {
		return store.beat().toCompletableFuture().get(5, TimeUnit.SECONDS);
	}

	/**
	 * Of a limit per hour, so that next to nothing is filled up in a test.
	 */
	private static LeaseGrant lend(RedisLeaseStore store, long limit, long held, long wanted, long owed, boolean full)
			throws Exception {
		LeaseRequest request = new LeaseRequest("rate-limit/r:*", limit, HOUR_MICROS, limit, limit / 8, 2, held, wanted,
				owed, false, !full);
		return store.lend(request, full).toCompletableFuture().get(5, TimeUnit.SECONDS);
	}

	@Test
	void whatIsLentIsNotLentAgainAndTheReservesOfOthersAreKept() throws Exception {
		LeaseGrant first = lend(this.one, 80, 0, 80, 0, true);
		assertThat(first.permits()).isEqualTo(80 - 10 - 10);
		assertThat(first.left()).isZero();
		assertThat(first.waitNanos()).isBetween(44_000_000_000L, 45_000_000_000L);
		assertThat(lend(this.other, 80, 10, 50, 0, true).permits()).isZero();
	}

	@Test
	void whatIsOwedIsPaidBack() throws Exception {
		lend(this.one, 80, 10, 10, 50, true);
		assertThat(lend(this.other, 80, 10, 80, 0, true).permits()).isEqualTo(60 - 50);
	}

	@Test
	void aBucketThatIsLostBeginsEmpty() throws Exception {
		lend(this.one, 80, 10, 20, 0, true);
		this.commands.flushall();
		assertThat(lend(this.one, 80, 10, 20, 0, false).permits()).isZero();
	}

	@Test
	void aStoreThatForgotHasAnotherBirth() throws Exception {
		long born = beat(this.one).born();
		assertThat(beat(this.other).born()).isEqualTo(born);
		this.commands.flushall();
		LeaseBeat after = beat(this.one);
		assertThat(after.born()).isGreaterThan(born);
		assertThat(after.instances()).isOne();
	}

	@Test
	void aRedisThatIsFullAnswersNeither() {
		this.commands.configSet("maxmemory", "1");
		assertThatThrownBy(() -> beat(this.one)).hasMessageContaining("OOM");
		assertThatThrownBy(() -> lend(this.one, 80, 10, 20, 0, true)).hasMessageContaining("OOM");
	}

	@Test
	void aConnectionThatWasLostIsSaidToBeBeforeAnotherOneIsMade() throws Exception {
		beat(this.one);
		this.redis.kill();
		Awaitility.await()
			.untilAsserted(() -> assertThatThrownBy(() -> lend(this.one, 80, 10, 20, 0, true))
				.hasMessageContaining("not connected"));
		assertThat(this.one.beat()).isCompletedExceptionally();
		assertThatThrownBy(this.one::beat).isInstanceOf(RedisConnectionFailureException.class);
	}

	@Test
	void aLimitThatWasLoweredHoldsAtOnceAndOneThatWasRaisedIsFilledUp() throws Exception {
		assertThat(lend(this.one, 800, 100, 110, 0, true).left()).isEqualTo(800 - 2 * 100 - 10);
		assertThat(lend(this.other, 80, 10, 10, 0, true).left()).isZero();
		assertThat(lend(this.one, 800, 110, 110, 0, true).left()).isZero();
	}

	@Test
	void theVersionsOfARuleShareWhatIsThere() throws Exception {
		lend(this.one, 80, 10, 50, 0, true);
		LeaseGrant changed = lend(this.other, 160, 20, 160, 0, true);
		assertThat(changed.permits()).isBetween(19L, 21L);
		assertThat(lend(this.one, 80, 50, 80, 0, true).permits()).isZero();
	}

	@Test
	void aClockThatIsSetBackFillsNothingAndKeepsNobody() throws Exception {
		lend(this.one, 80, 10, 80, 0, true);
		long future = 1_000_000 * Long.parseLong(this.commands.time().get(0)) + HOUR_MICROS;
		this.commands.hset(BUCKET, "at", String.valueOf(future));
		this.commands.hset(BUCKET, "swept", String.valueOf(future));
		this.commands.hset(BUCKET, "h:gone", "5 " + future);
		this.commands.zadd("limits:orders:instances", (future / 1_000.0), "gone");
		assertThat(lend(this.other, 80, 10, 80, 0, true).permits()).isZero();
		String gone = this.commands.hget(BUCKET, "h:gone");
		assertThat(Long.parseLong(gone.substring(2))).isLessThan(future);
		assertThat(beat(this.one).instances()).isEqualTo(2);
	}

	@Test
	void allKeysExpire() throws Exception {
		lend(this.one, 80, 10, 20, 0, true);
		assertThat(this.commands.keys("*")).containsExactlyInAnyOrder(BUCKET, "limits:orders:instances");
		assertThat(this.commands.pttl(BUCKET)).isBetween(HOUR_MICROS / 1_000, HOUR_MICROS / 1_000 + 8_000);
		assertThat(this.commands.pttl("limits:orders:instances")).isPositive();
	}

	@Test
	void theLargestNumbersAreWhole() throws Exception {
		long most = 1L << 52;
		LeaseRequest request = new LeaseRequest("large", most, 1, most, 0, 1, 0, most, 0, false, false);
		assertThat(this.one.lend(request, true).toCompletableFuture().get(5, TimeUnit.SECONDS).permits())
			.isEqualTo(most);
	}

}
