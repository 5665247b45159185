// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.engine.PolicyEngine;
import io.governance.lease.LeaseBeat;
import io.governance.lease.LeaseGrant;
import io.governance.lease.LeaseRequest;
import io.governance.lease.LeaseStore;
import io.governance.lease.Leases;
import io.governance.policy.Decision;
import io.governance.policy.Segment;
import io.governance.resilience.lease.LeaseMeters;
import io.governance.resilience.lease.LeasesHealthIndicator;
import io.governance.resilience.lease.RedisLeaseStore;
import io.governance.resilience.lease.StoredLeases;
import io.governance.test.FakeCall;
import io.lettuce.core.RedisClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link GovernanceLeaseAutoConfiguration} and
 * {@link GovernanceLeaseActuatorAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class GovernanceLeaseAutoConfigurationTests {

	private static final String PREFIX = "governance.resilience.cluster-limits.";

	private final ApplicationContextRunner none = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceLeaseAutoConfiguration.class,
				GovernanceLeaseActuatorAutoConfiguration.class, GovernanceAutoConfiguration.class))
		.withPropertyValues("governance.defaults.enabled=false");

	private final ApplicationContextRunner redis = this.none
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
		.withPropertyValues("spring.data.redis.port=1");

	private static ApplicationContextRunner limited(ApplicationContextRunner runner) {
		return runner.withPropertyValues("governance.rules.rate-limit.shared.limit=10",
				"governance.rules.rate-limit.shared.per=1h", "governance.rules.rate-limit.shared.scope=cluster");
	}

	private static int admitted(AssertableApplicationContext context) {
		PolicyEngine engine = context.getBean(PolicyEngine.class);
		int admitted = 0;
		for (int i = 0; i < 100; i++) {
			admitted += (engine.tryAcquire(Segment.EDGE, FakeCall.at("orders")) instanceof Decision.Admitted) ? 1 : 0;
		}
		return admitted;
	}

	private static void awaitDown(AssertableApplicationContext context) {
		Leases leases = context.getBean(Leases.class);
		Awaitility.await().untilAsserted(() -> assertThat(leases.state()).isEqualTo(Leases.State.DOWN));
	}

	@Test
	void withRedisThereIsAStoreWithHealthAndMeters() {
		this.redis.run((context) -> assertThat(context).hasSingleBean(RedisLeaseStore.class)
			.hasSingleBean(StoredLeases.class)
			.hasSingleBean(LeasesHealthIndicator.class)
			.hasSingleBean(LeaseMeters.class));
	}

	@Test
	void withoutARuleNothingIsConnectedAndNoThreadIsThere() {
		this.redis.run((context) -> {
			assertThat(context.getBean(StoredLeases.class).isUsed()).isFalse();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("governance-leases");
		});
	}

	@Test
	void canBeSwitchedOff() {
		this.redis.withPropertyValues(PREFIX + "enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Leases.class)
				.doesNotHaveBean(LeaseStore.class)
				.doesNotHaveBean(LeasesHealthIndicator.class));
	}

	@Test
	void anotherStoreTakesThePlaceOfRedis() {
		this.redis.withUserConfiguration(OtherStore.class)
			.run((context) -> assertThat(context).hasSingleBean(LeaseStore.class)
				.doesNotHaveBean(RedisLeaseStore.class));
	}

	@Test
	void withoutActuatorThereAreLimits() {
		this.redis.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasSingleBean(StoredLeases.class)
				.doesNotHaveBean(LeasesHealthIndicator.class));
	}

	@Test
	void healthCanBeSwitchedOff() {
		this.redis.withPropertyValues("management.health.governance-leases.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(LeasesHealthIndicator.class));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			local-share, 10
			open,        100
			closed,      0
			""")
	void withoutRedisLimitsActAsIfItWereAwayAndItIsSaidWhy(String failure, int admitted, CapturedOutput output) {
		limited(this.none).withPropertyValues("governance.rules.rate-limit.shared.on-store-failure=" + failure)
			.run((context) -> {
				awaitDown(context);
				assertThat(admitted(context)).isEqualTo(admitted);
				assertThat(context.getBean(LeasesHealthIndicator.class).health().getDetails().get("cause")).asString()
					.contains("spring-boot-starter-data-redis");
				assertThat(output.toString().split("lease-store=down", -1)).hasSize(2);
			});
	}

	@Test
	void withoutLettuceTheSameHolds() {
		limited(this.redis).withClassLoader(new FilteredClassLoader(RedisClient.class, LettuceConnectionFactory.class))
			.run((context) -> {
				awaitDown(context);
				assertThat(context).doesNotHaveBean(RedisLeaseStore.class);
				assertThat(admitted(context)).isEqualTo(10);
			});
	}

	@Test
	void theShareIsThatOfTheNumberThatIsSet() {
		limited(this.none).withPropertyValues(PREFIX + "instances=5").run((context) -> {
			awaitDown(context);
			assertThat(admitted(context)).isEqualTo(2);
		});
	}

	@Test
	void lessThanOneInstanceStopsTheStart() {
		this.redis.withPropertyValues(PREFIX + "instances=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining(PREFIX + "instances")
				.hasMessageContaining("1 or more"));
	}

	@Test
	void twoConnectionFactoriesAreAskedFor(CapturedOutput output) {
		limited(this.redis).withUserConfiguration(TwoFactories.class).run((context) -> {
			awaitDown(context);
			assertThat(output).contains(PREFIX + "connection-factory");
			assertThat(admitted(context)).isEqualTo(10);
		});
	}

	@Test
	void ofTwoConnectionFactoriesTheNamedOneIsUsed(CapturedOutput output) {
		limited(this.redis).withUserConfiguration(TwoFactories.class)
			.withPropertyValues(PREFIX + "connection-factory=second")
			.run((context) -> {
				awaitDown(context);
				assertThat(output).contains("Connection refused").contains(":2");
			});
	}

	@Test
	void ofTwoConnectionFactoriesThePrimaryOneIsUsed(CapturedOutput output) {
		limited(this.redis).withUserConfiguration(PrimaryFactory.class).run((context) -> {
			awaitDown(context);
			assertThat(output).contains("Connection refused").contains(":2");
		});
	}

	@ParameterizedTest
	@CsvSource({ "missing", "''", "governanceLeases" })
	void aNameThatIsNoConnectionFactoryStopsTheStart(String name) {
		this.redis.withPropertyValues(PREFIX + "connection-factory=" + name)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining(PREFIX + "connection-factory"));
	}

	@Test
	void aConnectionFactoryOfAnotherClientIsNamed(CapturedOutput output) {
		limited(this.none).withBean("jedis", RedisConnectionFactory.class, () -> mock(RedisConnectionFactory.class))
			.run((context) -> {
				awaitDown(context);
				assertThat(output).contains("expected: a LettuceConnectionFactory");
				assertThat(admitted(context)).isEqualTo(10);
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoFactories {

		@Bean
		RedisConnectionFactory first() {
			return new LettuceConnectionFactory("127.0.0.1", 1);
		}

		@Bean
		RedisConnectionFactory second() {
			return new LettuceConnectionFactory("127.0.0.1", 2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryFactory {

		@Bean
		LettuceConnectionFactory first() {
			return new LettuceConnectionFactory("127.0.0.1", 1);
		}

		@Bean
		@Primary
		RedisConnectionFactory second() {
			return new LettuceConnectionFactory("127.0.0.1", 2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherStore {

		@Bean
		LeaseStore otherStore() {
			return new LeaseStore() {

				@Override
				public CompletionStage<LeaseBeat> beat() {
					return new CompletableFuture<>();
				}

				@Override
				public CompletionStage<LeaseGrant> lend(LeaseRequest request, boolean full) {
					return new CompletableFuture<>();
				}

				@Override
				public void close() {
					// holds nothing
				}

			};
		}

	}

}
