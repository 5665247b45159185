// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.List;
import java.util.Map;

import com.netflix.discovery.EurekaClient;
import io.etcd.jetcd.Client;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.consul.ConsulInstanceSource;
import io.governance.discovery.consul.ConsulRegistry;
import io.governance.discovery.dns.DnsInstanceSource;
import io.governance.discovery.etcd.EtcdConnection;
import io.governance.discovery.etcd.EtcdInstanceSource;
import io.governance.discovery.etcd.EtcdRegistry;
import io.governance.discovery.eureka.EurekaContact;
import io.governance.discovery.metrics.DiscoveryMeters;
import io.governance.discovery.registration.InstanceRegistrar;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.discovery.springcloud.DiscoveryClientSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Resolver;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-configurations of registries other than Consul.
 */
class OtherRegistriesAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(GovernanceConsulAutoConfiguration.class,
			GovernanceAutoConfiguration.class, GovernanceDiscoveryAutoConfiguration.class,
			GovernanceDnsAutoConfiguration.class, GovernanceEtcdAutoConfiguration.class,
			GovernanceEurekaAutoConfiguration.class, GovernanceRegistrationAutoConfiguration.class);

	private static final String CONSUL = "governance.discovery.consul.host=127.0.0.1";

	private static final String ETCD = "governance.discovery.etcd.endpoints=http://127.0.0.1:1";

	private static final String DNS = "governance.discovery.dns.name={service}.example.com";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(ALL);

	private final WebApplicationContextRunner webContextRunner = new WebApplicationContextRunner()
		.withConfiguration(ALL);

	@Test
	void withNothingConfiguredSpringCloudsClientsAreAsked() {
		this.webContextRunner.run((context) -> assertThat(context).hasSingleBean(DiscoveryClientSource.class)
			.hasSingleBean(InstanceSource.class)
			.doesNotHaveBean(EtcdRegistry.class)
			.doesNotHaveBean(EtcdConnection.class));
	}

	@Test
	void emptyValuesConfigureNothing() {
		this.webContextRunner
			.withPropertyValues("governance.discovery.etcd.endpoints=", "governance.discovery.dns.name=")
			.run((context) -> assertThat(context).hasSingleBean(DiscoveryClientSource.class)
				.hasSingleBean(InstanceSource.class));
	}

	@Test
	void withEtcdAWebApplicationRegistersAndSeesOthers() {
		this.webContextRunner.withPropertyValues(ETCD)
			.run((context) -> assertThat(context).hasSingleBean(EtcdInstanceSource.class)
				.hasSingleBean(InstanceSource.class)
				.hasSingleBean(EtcdRegistry.class)
				.hasSingleBean(SelfRegistration.class)
				.doesNotHaveBean(ConsulRegistry.class));
	}

	@Test
	void otherApplicationsDoNotRegister() {
		this.contextRunner.withPropertyValues(ETCD)
			.run((context) -> assertThat(context).hasSingleBean(EtcdInstanceSource.class)
				.doesNotHaveBean(EtcdRegistry.class));
	}

	@Test
	void registrationCanBeOff() {
		this.webContextRunner.withPropertyValues(ETCD, "governance.discovery.registration.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(EtcdInstanceSource.class)
				.doesNotHaveBean(EtcdRegistry.class));
	}

	@Test
	void endpointsMayBeAListOfYaml() {
		this.contextRunner
			.withPropertyValues("governance.discovery.etcd.endpoints[0]=http://127.0.0.1:1",
					"governance.discovery.etcd.endpoints[1]=http://127.0.0.1:2")
			.run((context) -> assertThat(context.getBean(InstanceSource.class).description())
				.isEqualTo("etcd 127.0.0.1:1,127.0.0.1:2"));
	}

	@Test
	void withDnsItIsAsked() {
		this.webContextRunner.withPropertyValues(DNS, "governance.discovery.dns.servers=127.0.0.1:1,127.0.0.2")
			.run((context) -> {
				assertThat(context).hasSingleBean(DnsInstanceSource.class).hasSingleBean(InstanceSource.class);
				assertThat(context.getBean(InstanceSource.class).description())
					.isEqualTo("dns 127.0.0.1:1,127.0.0.2:53");
			});
	}

	@Test
	void consulComesBeforeEtcdAndEtcdBeforeDns() {
		this.webContextRunner.withPropertyValues(CONSUL, ETCD, DNS)
			.run((context) -> assertThat(context).hasSingleBean(ConsulInstanceSource.class)
				.hasSingleBean(InstanceSource.class));
		this.webContextRunner.withPropertyValues(ETCD, DNS)
			.run((context) -> assertThat(context).hasSingleBean(EtcdInstanceSource.class)
				.hasSingleBean(InstanceSource.class));
	}

	@Test
	void withConsulAndEtcdItRegistersInBothAndEachHasItsHealthAndItsMeters() {
		this.webContextRunner.withPropertyValues(CONSUL, ETCD)
			.withConfiguration(AutoConfigurations.of(GovernanceDiscoveryActuatorAutoConfiguration.class))
			.run((context) -> {
				assertThat(context.getBeanProvider(SelfRegistration.class).orderedStream())
					.extracting(SelfRegistration::registry)
					.containsExactly("consul", "etcd");
				assertThat(context.getBeansOfType(InstanceRegistrar.class)).hasSize(2);
				Map<String, Object> health = context.getBean(HealthIndicator.class).health().getDetails();
				assertThat(health.get("registration")).asString().contains("registry=consul");
				assertThat(health.get("otherRegistrations")).asString().startsWith("{etcd={registry=etcd");
				MeterRegistry meters = new SimpleMeterRegistry();
				context.getBean(DiscoveryMeters.class).bindTo(meters);
				for (String registry : List.of("consul", "etcd")) {
					assertThat(meters.get("governance.discovery.registered").tag("registry", registry).gauge().value())
						.isZero();
				}
			});
	}

	@Test
	void withEtcdAloneItsRegistrationIsTheOneThatHealthShows() {
		this.webContextRunner.withPropertyValues(ETCD)
			.withConfiguration(AutoConfigurations.of(GovernanceDiscoveryActuatorAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(HealthIndicator.class).health().getDetails())
				.doesNotContainKey("otherRegistrations")
				.extractingByKey("registration")
				.asString()
				.contains("registry=etcd"));
	}

	@Test
	void aRegistrationOfTheUserReplacesOneAndKeepsTheOther() {
		this.webContextRunner.withPropertyValues(CONSUL, ETCD)
			.withBean("governanceConsulRegistration", String.class, () -> "the user's")
			.run((context) -> assertThat(context).getBean(SelfRegistration.class)
				.extracting(SelfRegistration::registry)
				.isEqualTo("etcd"));
	}

	@Test
	void theyBackOffFromASourceOfTheUser() {
		this.webContextRunner.withPropertyValues(ETCD, DNS)
			.withBean(ScriptedSource.class)
			.run((context) -> assertThat(context).hasSingleBean(InstanceSource.class)
				.hasSingleBean(ScriptedSource.class));
	}

	@Test
	void aLibraryThatIsMissingEndsTheStartAndIsNamed() {
		this.webContextRunner.withPropertyValues(ETCD)
			.withClassLoader(new FilteredClassLoader(Client.class))
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessage("governance.discovery.etcd.endpoints: [http://127.0.0.1:1] "
						+ "(expected: the library io.etcd:jetcd-core on the class path)"));
		this.webContextRunner.withPropertyValues(DNS)
			.withClassLoader(new FilteredClassLoader(Resolver.class))
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessage("governance.discovery.dns.name: {service}.example.com "
						+ "(expected: the library dnsjava:dnsjava on the class path)"));
	}

	@Test
	void anEnvironmentIsRefusedWithDnsWhichKnowsNone() {
		this.webContextRunner.withPropertyValues(DNS, "governance.discovery.environment=staging")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessage("governance.discovery.environment: staging (expected: none with "
						+ "governance.discovery.dns.name, because DNS knows no environments; "
						+ "ask for a name that has the instances of this one only)"));
		this.webContextRunner.withPropertyValues(ETCD, DNS, "governance.discovery.environment=staging")
			.run((context) -> assertThat(context).hasSingleBean(EtcdInstanceSource.class));
	}

	@Test
	void librariesThatAreMissingAndNotAskedForAreNotMissed() {
		this.webContextRunner.withClassLoader(new FilteredClassLoader("io.etcd", "org.xbill", "com.netflix"))
			.run((context) -> assertThat(context).hasSingleBean(DiscoveryClientSource.class)
				.doesNotHaveBean(EurekaContact.class));
	}

	@Test
	void anEurekaClientIsWatched() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(EurekaContact.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(EurekaClient.class))
			.run((context) -> assertThat(context).doesNotHaveBean(EurekaContact.class));
	}

	@Test
	void allOfItCanBeOff() {
		this.webContextRunner.withPropertyValues(ETCD, DNS, "governance.discovery.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InstanceSource.class)
				.doesNotHaveBean(EtcdRegistry.class)
				.doesNotHaveBean(EurekaContact.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			textBlock = """
					governance.discovery.etcd.endpoints; 127.0.0.1:2379; http://host:port, or https://host:port for all of them
					governance.discovery.etcd.endpoints; http://a:1,https://b:2; http://host:port, or https://host:port for all of them
					governance.discovery.etcd.user; someone; user and password, or none of them
					governance.discovery.etcd.ttl; 1s; whole seconds, at least PT3S
					governance.discovery.etcd.ttl; 3500ms; whole seconds, at least PT3S
					governance.discovery.etcd.timeout; 0s; at least PT0.001S
					governance.discovery.dns.port; 0; 1 to 65535
					governance.discovery.dns.servers; 127.0.0.1:x; a host or host:port
					governance.discovery.dns.timeout; 0s; at least PT0.001S
					governance.discovery.dns.minimum-ttl; 1ms; at least PT0.1S
					governance.discovery.dns.maximum-ttl; 500ms; at least minimum-ttl, PT1S
					governance.discovery.dns.services.orders.port; 70000; 1 to 65535
					""")
	void aBadValueIsNamedWithWhatWasExpected(String property, String value, String expected) {
		String registry = property.contains(".etcd.") ? ETCD : DNS;
		this.contextRunner.withPropertyValues(registry, property + "=" + value)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining(property.replaceAll("\\[\\d+]", ""))
				.hasMessageContaining("(expected: " + expected + ")"));
	}

	@Test
	void aBundleThatIsNotThereIsNamedWithItsPropertyAndAnEmptyNameIsNone() {
		ApplicationContextRunner withTls = this.contextRunner
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues("governance.discovery.etcd.endpoints=https://127.0.0.1:1");
		withTls.withPropertyValues("governance.discovery.etcd.ssl-bundle=missing")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("governance.discovery.etcd.ssl-bundle: missing "
						+ "(expected: the name of a bundle below spring.ssl.bundle)"));
		withTls.withPropertyValues("governance.discovery.etcd.ssl-bundle=")
			.run((context) -> assertThat(context).hasSingleBean(EtcdConnection.class));
	}

	@Test
	void addressesWithoutAPortAreAFault() {
		this.contextRunner.withPropertyValues(DNS, "governance.discovery.dns.records=A")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessage("governance.discovery.dns.port: none (expected: a port, because records is A)"));
		this.contextRunner.withPropertyValues(DNS, "governance.discovery.dns.services.orders.records=AAAA")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessage(
						"governance.discovery.dns.services.orders.port: none (expected: a port, because records is AAAA)"));
	}

}
