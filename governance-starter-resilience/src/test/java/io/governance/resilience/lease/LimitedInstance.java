// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.util.concurrent.locks.LockSupport;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.GovernanceMetricsAutoConfiguration;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Decision;
import io.governance.policy.Segment;
import io.governance.resilience.autoconfigure.GovernanceLeaseActuatorAutoConfiguration;
import io.governance.resilience.autoconfigure.GovernanceLeaseAutoConfiguration;
import io.governance.test.FakeCall;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An instance of a service that shares a limit, and its callers.
 */
final class LimitedInstance implements AutoCloseable {

	private static final FakeCall CALL = FakeCall.at("orders");

	private final ConfigurableApplicationContext context;

	private final PolicyEngine engine;

	private volatile boolean calling;

	LimitedInstance(int redisPort, String... properties) {
		this(null, redisPort, properties);
	}

	LimitedInstance(@Nullable Class<?> configuration, int redisPort, String... properties) {
		this.context = new SpringApplicationBuilder(Application.class)
			.sources((configuration != null) ? new Class<?>[] { configuration } : new Class<?>[0])
			.web(WebApplicationType.NONE)
			.properties("spring.application.name=orders", "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + redisPort, "governance.rules.rate-limit.shared.scope=cluster",
					"governance.defaults.enabled=false")
			.properties(properties)
			.run("--spring.main.banner-mode=off", "--spring.autoconfigure.exclude=");
		this.engine = this.context.getBean(PolicyEngine.class);
	}

	boolean admits() {
		return admits(CALL);
	}

	boolean admits(FakeCall call) {
		return this.engine.tryAcquire(Segment.EDGE, call) instanceof Decision.Admitted;
	}

	/**
	 * Calls evenly on a thread of its own until it is closed.
	 */
	Thread call(int perSecond, Admissions admissions) {
		TimeSource time = TimeSource.system();
		this.calling = true;
		Thread thread = new Thread(() -> {
			long interval = 1_000_000_000L / perSecond;
			long next = time.nanoTime();
			while (this.calling) {
				long before = time.nanoTime();
				boolean admitted = admits();
				long after = time.nanoTime();
				admissions.add(admitted, before, after);
				next = Math.max(next + interval, after - 100_000_000);
				LockSupport.parkNanos(next - after);
			}
		}, "caller");
		thread.start();
		return thread;
	}

	StoredLeases leases() {
		return this.context.getBean(StoredLeases.class);
	}

	double meter(String name) {
		return this.context.getBean(MeterRegistry.class).get(name).gauge().value();
	}

	String state() {
		return this.engine.effectiveRules()
			.stream()
			.filter((rule) -> rule.id().equals("shared"))
			.findFirst()
			.orElseThrow()
			.state();
	}

	@Override
	public void close() {
		this.calling = false;
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, GovernanceLeaseAutoConfiguration.class,
			GovernanceLeaseActuatorAutoConfiguration.class, GovernanceAutoConfiguration.class,
			GovernanceMetricsAutoConfiguration.class })
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		InitializingBean bound(MeterRegistry registry, LeaseMeters meters) {
			return () -> meters.bindTo(registry);
		}

	}

}
