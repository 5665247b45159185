// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.connection.ClientConnections;
import io.governance.discovery.connection.ConnectionLimitStage;
import io.governance.discovery.connection.ConnectionLimits;
import io.governance.discovery.connection.ConnectionPlan;
import io.governance.discovery.connection.ConnectionSettings;
import io.governance.discovery.connection.ReactorConnections;
import io.governance.discovery.connection.WebClientConnections;
import io.governance.discovery.metrics.ConnectionMeters;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GovernanceConnectionAutoConfiguration}.
 */
class GovernanceConnectionAutoConfigurationTests {

	private static final String PREFIX = "governance.discovery.connection.";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
				GovernanceDiscoveryAutoConfiguration.class, GovernanceConnectionAutoConfiguration.class,
				GovernanceDiscoveryActuatorAutoConfiguration.class))
		.withBean(ScriptedSource.class);

	@Test
	void connectionsOfAllClientsAreSetUp() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(ConnectionLimitStage.class)
				.hasSingleBean(ClientConnections.class)
				.hasSingleBean(ReactorConnections.class)
				.hasSingleBean(WebClientConnections.class);
			ConnectionSettings defaults = context.getBean(ConnectionPlan.class).defaults();
			assertThat(defaults).isEqualTo(new ConnectionSettings(Duration.ofSeconds(2), Duration.ofSeconds(4), null,
					1000, 1000, Duration.ofSeconds(1), null));
		});
	}

	@Test
	void aServiceHasWhatIsSetForItAndElseWhatIsSetForAll() {
		this.contextRunner
			.withPropertyValues(PREFIX + "idle-timeout=9s", PREFIX + "services.orders.pool-size=7",
					PREFIX + "services.orders.http2=true", PREFIX + "services.orders.max-life=5m")
			.run((context) -> assertThat(context.getBean(ConnectionPlan.class).services()).containsOnlyKeys("orders")
				.containsValue(new ConnectionSettings(Duration.ofSeconds(2), Duration.ofSeconds(9),
						Duration.ofMinutes(5), 7, 1000, Duration.ofSeconds(1), true)));
	}

	@Test
	void aPlanOfTheUserIsUsed() {
		ConnectionSettings own = new ConnectionSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), null, 1, 1,
				Duration.ofSeconds(1), null);
		ConnectionPlan plan = new ConnectionPlan(own, own, Map.of(), (service, address) -> false);
		this.contextRunner.withBean(ConnectionPlan.class, () -> plan)
			.run((context) -> assertThat(context.getBean(ConnectionPlan.class)).isSameAs(plan));
	}

	@Test
	void canBeSwitchedOff() {
		this.contextRunner.withPropertyValues(PREFIX + "enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ConnectionPlan.class)
				.doesNotHaveBean(ConnectionLimitStage.class)
				.doesNotHaveBean(ReactorConnections.class));
	}

	@Test
	void worksWithoutReactorNetty() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(HttpClient.class))
			.run((context) -> assertThat(context).hasSingleBean(ClientConnections.class)
				.doesNotHaveBean(ReactorConnections.class)
				.doesNotHaveBean(WebClientConnections.class));
	}

	@Test
	void worksWithoutBlockingClientsAndMeters() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(RestClient.class, MeterBinder.class))
			.run((context) -> assertThat(context).hasSingleBean(ReactorConnections.class)
				.doesNotHaveBean(ConnectionLimits.class)
				.doesNotHaveBean(ConnectionMeters.class));
	}

	@Test
	void connectionsInUseAreMeters() {
		this.contextRunner.run((context) -> {
			SimpleMeterRegistry meters = new SimpleMeterRegistry();
			context.getBean(ConnectionMeters.class).bindTo(meters);
			assertThat(meters.get("governance.discovery.connections.used").gauge().value()).isZero();
			assertThat(meters.get("governance.discovery.connections.pending").gauge().value()).isZero();
			assertThat(meters.get("governance.discovery.connections.rejected").functionCounter().count()).isZero();
		});
	}

	@ParameterizedTest
	@CsvSource({ "idle-timeout, 0s", "connect-timeout, -1s", "pool-size, 0", "max-pending, -1", "max-life, 0s",
			"pending-timeout, 0s", "services.orders.pool-size, 0", "services.orders.idle-timeout, 0s" })
	void aBadValueNamesItsProperty(String key, String value) {
		this.contextRunner.withPropertyValues(PREFIX + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo(PREFIX + key);
					assertThat(ex.getReason()).startsWith("Expected: ");
				}));
	}

}
