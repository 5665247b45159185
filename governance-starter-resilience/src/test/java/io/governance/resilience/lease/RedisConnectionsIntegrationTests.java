// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import io.governance.lease.Leases;
import io.governance.test.Requirement;
import io.governance.test.store.RealRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the application's connection factory connects to, limits are shared there.
 */
class RedisConnectionsIntegrationTests {

	@RegisterExtension
	static final Requirement REDIS = RealRedis.requirement();

	private static final String[] LIMIT = { "governance.rules.rate-limit.shared.limit=100",
			"governance.rules.rate-limit.shared.per=60s" };

	private @Nullable RealRedis redis;

	private @Nullable LimitedInstance instance;

	@AfterEach
	void stop() {
		if (this.instance != null) {
			this.instance.close();
		}
		if (this.redis != null) {
			this.redis.close();
		}
	}

	private RealRedis redis(String... options) {
		this.redis = RealRedis.start(options);
		return this.redis;
	}

	private LimitedInstance instance(@Nullable Class<?> configuration, int port, String... properties) {
		this.instance = new LimitedInstance(configuration, port,
				IntStream.range(0, LIMIT.length + properties.length)
					.mapToObj((i) -> (i < LIMIT.length) ? LIMIT[i] : properties[i - LIMIT.length])
					.toArray(String[]::new));
		return this.instance;
	}

	private static void assertShared(LimitedInstance instance) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(instance.leases().state()).as(instance.leases().cause())
				.isEqualTo(Leases.State.UP));
		int[] admitted = { 0 };
		Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
			for (int i = 0; i < 10; i++) {
				admitted[0] += instance.admits() ? 1 : 0;
			}
			return admitted[0] >= 99;
		});
	}

	/**
	 * The number of keys that a limit has left: the instances and a bucket, which expire.
	 */
	private static void assertKeys(RedisURI uri) {
		try (RedisClient client = RedisClient.create(uri)) {
			RedisCommands<String, String> commands = client.connect().sync();
			assertThat(commands.keys("*")).containsExactlyInAnyOrder("governance:limits:orders:instances",
					"governance:limits:orders:rate-limit/shared:*");
			assertThat(commands.keys("*")).allSatisfy((key) -> assertThat(commands.pttl(key)).isPositive());
		}
	}

	@Test
	void aPasswordAndAnotherDatabase() {
		int port = redis("--requirepass", "secret").port();
		assertShared(instance(null, port, "spring.data.redis.password=secret", "spring.data.redis.database=3"));
		assertKeys(
				RedisURI.builder().withHost("127.0.0.1").withPort(port).withPassword("secret").withDatabase(3).build());
	}

	@Test
	void aUserWithFewRights() {
		int port = redis("--user", "limits", "on", ">pw", "~governance:limits:*", "+@all").port();
		assertShared(instance(null, port, "spring.data.redis.username=limits", "spring.data.redis.password=pw"));
	}

	@Test
	void aWrongPasswordIsSaidToBeWrong() {
		LimitedInstance instance = instance(null, redis("--requirepass", "secret").port(),
				"spring.data.redis.password=wrong");
		Awaitility.await()
			.untilAsserted(() -> assertThat(instance.leases().cause()).contains("WRONGPASS").doesNotContain("secret"));
		assertThat(instance.admits()).isTrue();
	}

	@Test
	void aUrl() {
		int port = redis("--requirepass", "secret").port();
		assertShared(instance(null, 1, "spring.data.redis.url=redis://:secret@127.0.0.1:" + port + "/2"));
		assertKeys(RedisURI.create("redis://:secret@127.0.0.1:" + port + "/2"));
	}

	@Test
	void aUnixSocket(@TempDir Path directory) {
		Path socket = directory.resolve("redis.sock");
		redis("--unixsocket", socket.toString());
		assertShared(instance(SocketApplication.class, 1, "test.socket=" + socket));
	}

	@Test
	void aCluster() {
		this.redis = RealRedis.cluster();
		assertShared(instance(null, 1, "spring.data.redis.cluster.nodes=127.0.0.1:" + this.redis.port()));
	}

	@Test
	void aSentinel() {
		try (RealRedis sentinel = redis().sentinel()) {
			assertShared(instance(null, 1, "spring.data.redis.sentinel.master=main",
					"spring.data.redis.sentinel.nodes=127.0.0.1:" + sentinel.port()));
		}
	}

	@Test
	void aStaticMasterAndReplica() {
		int master = redis("--requirepass", "secret").port();
		try (RealRedis replica = RealRedis.start("--replicaof", "127.0.0.1 " + master, "--masterauth", "secret",
				"--requirepass", "secret")) {
			assertShared(instance(null, 1, "spring.data.redis.password=secret",
					"spring.data.redis.masterreplica.nodes=127.0.0.1:" + master + ",127.0.0.1:" + replica.port()));
			assertKeys(RedisURI.builder().withHost("127.0.0.1").withPort(master).withPassword("secret").build());
		}
	}

	@Test
	void aStaticMasterAndReplicaThatOnlyTheFactoryKnowsIsAskedFor() {
		int master = redis().port();
		LimitedInstance instance = instance(MasterReplicaApplication.class, master);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(instance.leases().cause()).contains("spring.data.redis.masterreplica.nodes"));
		assertThat(instance.leases().state()).isEqualTo(Leases.State.DOWN);
	}

	@Test
	void aFactoryThatIsDeclaredAsTheInterface() {
		assertShared(instance(InterfaceApplication.class, redis().port()));
	}

	@Configuration(proxyBeanMethods = false)
	static class SocketApplication {

		@Bean
		LettuceConnectionFactory connections(Environment environment) {
			return new LettuceConnectionFactory(
					new RedisSocketConfiguration(environment.getRequiredProperty("test.socket")));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MasterReplicaApplication {

		@Bean
		LettuceConnectionFactory connections(Environment environment) {
			return new LettuceConnectionFactory(new RedisStaticMasterReplicaConfiguration("127.0.0.1",
					environment.getRequiredProperty("spring.data.redis.port", int.class)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceApplication {

		@Bean
		RedisConnectionFactory connections(Environment environment) {
			return new LettuceConnectionFactory("127.0.0.1",
					environment.getRequiredProperty("spring.data.redis.port", int.class));
		}

	}

}
