// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.AttemptCounters;
import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.Selections;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.ViewSettings;
import io.governance.discovery.client.LoadBalancedWebClientPostProcessor;
import io.governance.discovery.client.LoadBalancingStage;
import io.governance.discovery.consul.ConsulAccess;
import io.governance.discovery.consul.ConsulAddress;
import io.governance.discovery.consul.ConsulInstanceSource;
import io.governance.discovery.metrics.AttemptMeters;
import io.governance.discovery.registration.CheckSettings;
import io.governance.discovery.registration.MetricsEndpoint;
import io.governance.discovery.registration.RegistrationSettings;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.discovery.springcloud.ConsulDiscoveryClient;
import io.governance.discovery.springcloud.ConsulReactiveDiscoveryClient;
import io.governance.discovery.springcloud.DiscoveryClientSource;
import io.governance.test.FakeCall;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-configurations of the discovery starter.
 */
class GovernanceDiscoveryAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(GovernanceAutoConfiguration.class,
			GovernanceConsulAutoConfiguration.class, GovernanceDiscoveryAutoConfiguration.class,
			GovernanceDiscoveryClientAutoConfiguration.class, GovernanceLoadBalancerAutoConfiguration.class,
			GovernanceRegistrationAutoConfiguration.class, GovernanceLifecycleAutoConfiguration.class,
			GovernanceDiscoveryActuatorAutoConfiguration.class, SimpleDiscoveryClientAutoConfiguration.class,
			UtilAutoConfiguration.class);

	private static final String CONSUL = "governance.discovery.consul.host=127.0.0.1";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(ALL);

	private final WebApplicationContextRunner webContextRunner = new WebApplicationContextRunner()
		.withConfiguration(ALL);

	@Test
	void withoutConsulItIsInert() {
		this.webContextRunner.run((context) -> assertThat(context).doesNotHaveBean(SelfRegistration.class)
			.doesNotHaveBean(ConsulInstanceSource.class)
			.doesNotHaveBean(ConsulDiscoveryClient.class)
			.hasSingleBean(DiscoveryClientSource.class));
	}

	@Test
	void anEmptyHostIsNoConsul() {
		this.webContextRunner.withPropertyValues("governance.discovery.consul.host=")
			.run((context) -> assertThat(context).doesNotHaveBean(SelfRegistration.class));
	}

	@Test
	void withConsulAWebApplicationRegistersAndSeesOthers() {
		this.webContextRunner.withPropertyValues(CONSUL)
			.run((context) -> assertThat(context).hasSingleBean(SelfRegistration.class)
				.hasSingleBean(ConsulInstanceSource.class)
				.hasSingleBean(ConsulDiscoveryClient.class)
				.hasSingleBean(ConsulReactiveDiscoveryClient.class)
				.hasSingleBean(DiscoveryThreads.class)
				.hasBean("governanceDiscoveryHealthIndicator"));
	}

	@Test
	void aReactiveWebApplicationRegistersToo() {
		new ReactiveWebApplicationContextRunner().withConfiguration(ALL)
			.withPropertyValues(CONSUL)
			.run((context) -> assertThat(context).hasSingleBean(SelfRegistration.class));
	}

	@Test
	void withoutTheActuatorItRegistersAndNamesNoMetrics() {
		this.webContextRunner.withPropertyValues(CONSUL)
			.withClassLoader(new FilteredClassLoader(PathMappedEndpoints.class))
			.run((context) -> assertThat(context).hasSingleBean(SelfRegistration.class)
				.doesNotHaveBean(MetricsEndpoint.class));
	}

	@Test
	void backsOffFromAUsersMetricsEndpoint() {
		MetricsEndpoint own = () -> "/metrics";
		this.webContextRunner.withPropertyValues(CONSUL)
			.withBean(MetricsEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(MetricsEndpoint.class).isSameAs(own));
	}

	@Test
	void anApplicationThatIsNotForTheWebDoesNotRegister() {
		this.contextRunner.withPropertyValues(CONSUL)
			.run((context) -> assertThat(context).doesNotHaveBean(SelfRegistration.class)
				.hasSingleBean(ConsulInstanceSource.class));
	}

	@Test
	void registrationCanBeSwitchedOff() {
		this.webContextRunner.withPropertyValues(CONSUL, "governance.discovery.registration.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SelfRegistration.class)
				.hasSingleBean(ServiceViews.class));
	}

	@Test
	void allCanBeSwitchedOff() {
		this.webContextRunner.withPropertyValues(CONSUL, "governance.discovery.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ServiceViews.class)
				.doesNotHaveBean(DiscoveryThreads.class)
				.doesNotHaveBean(SelfRegistration.class)
				.doesNotHaveBean(LoadBalancingStage.class));
	}

	@Test
	void theLoadBalancerHookCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("governance.discovery.load-balancer.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(ServiceViews.class)
				.doesNotHaveBean(LoadBalancingStage.class)
				.doesNotHaveBean(LoadBalancedWebClientPostProcessor.class));
	}

	@Test
	void backsOffFromAUsersSourceAndSelector() {
		this.contextRunner.withPropertyValues(CONSUL)
			.withBean(ScriptedSource.class)
			.run((context) -> assertThat(context.getBean(InstanceSource.class)).isInstanceOf(ScriptedSource.class));
		InstanceSelector selector = new ServiceViews(new ScriptedSource(), ViewSettings.defaults(),
				Selections.withoutRules(), AttemptCounters.NONE, TimeSource.system(),
				Executors.newSingleThreadScheduledExecutor());
		this.contextRunner.withBean("own", InstanceSelector.class, () -> selector)
			.run((context) -> assertThat(context.getBean(InstanceSelector.class)).isSameAs(selector));
	}

	@Test
	void worksWithoutTheOptionalClasses() {
		this.contextRunner.withPropertyValues(CONSUL)
			.withClassLoader(new FilteredClassLoader(WebClient.class, WebServerInitializedEvent.class,
					MeterRegistry.class, HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LoadBalancingStage.class)
				.doesNotHaveBean(AttemptMeters.class)
				.doesNotHaveBean(LoadBalancedWebClientPostProcessor.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(RestClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LoadBalancingStage.class));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			governance.discovery.consul.ttl,500ms,at least PT1S
			governance.discovery.consul.port,0,1 to 65535
			governance.discovery.consul.scheme,ftp,http or https
			governance.discovery.consul.token-file,/run/token,not together with governance.discovery.consul.token
			governance.discovery.consul.check.interval,10ms,at least PT1S
			governance.discovery.consul.check.path,health,a path that begins with '/'
			governance.discovery.consul.check.port,0,1 to 65535
			governance.discovery.consul.ssl.bundle,none,the name of a bundle below spring.ssl.bundle
			governance.discovery.environment,Not This,"lower-case letters, digits and '-'"
			governance.discovery.weight,-1,0 to 10000
			governance.discovery.registration.port,70000,1 to 65535
			governance.discovery.view.poll-interval,1ms,at least PT0.1S
			governance.discovery.view.maximum-services,0,at least 1
			""")
	void aBadValueStopsTheStartAndNamesThePropertyAndWhatWasExpected(String property, String value, String expected) {
		this.contextRunner
			.withPropertyValues(CONSUL, "governance.discovery.consul.token=secret", property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith(property + ": ")
				.hasMessageEndingWith("(expected: " + expected + ")"));
	}

	@Test
	void aBundleMeansTls() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues(CONSUL, "governance.discovery.consul.ssl.bundle=consul",
					"spring.ssl.bundle.pem.consul.truststore.certificate=classpath:consul-ca.pem")
			.run((context) -> {
				assertThat(context.getBean(ConsulAccess.class).address().scheme()).isEqualTo("https");
				assertThat(context.getBean(ConsulAccess.class).tls().get()).isNotNull();
			});
		this.contextRunner
			.withPropertyValues(CONSUL, "governance.discovery.consul.ssl.bundle=consul",
					"governance.discovery.consul.scheme=http")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("governance.discovery.consul.scheme: http (expected: https, because "
						+ "governance.discovery.consul.ssl.bundle is set)"));
	}

	@Test
	void aTokenMayBeInAFile(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("token"), "secret\n");
		this.contextRunner.withPropertyValues(CONSUL, "governance.discovery.consul.token-file=" + file)
			.run((context) -> assertThat(context.getBean(ConsulAccess.class).token().current()).isEqualTo("secret"));
	}

	@Test
	void theEnvironmentIsATagAndMetadata() {
		this.webContextRunner
			.withPropertyValues("governance.discovery.environment=staging", "governance.discovery.version=2")
			.run((context) -> {
				RegistrationSettings settings = context.getBean(RegistrationSettings.class);
				assertThat(settings.tags()).containsExactly("staging");
				assertThat(settings.metadata()).containsEntry("environment", "staging").containsEntry("version", "2");
				assertThat(settings.withTags(List.of("canary", "staging")).tags()).containsExactly("staging", "canary");
			});
	}

	@Test
	void theCheckIsAHeartbeatUnlessTheUserSaysOtherwise() {
		this.webContextRunner.withPropertyValues(CONSUL)
			.run((context) -> assertThat(context.getBean(DiscoveryConsulProperties.class).checkSettings())
				.isEqualTo(CheckSettings.ttl(Duration.ofSeconds(10))));
		this.webContextRunner
			.withPropertyValues(CONSUL, "governance.discovery.consul.check.kind=grpc",
					"governance.discovery.consul.check.service=shop.Orders")
			.run((context) -> {
				CheckSettings check = context.getBean(DiscoveryConsulProperties.class).checkSettings();
				assertThat(check.kind()).isEqualTo(CheckSettings.Kind.GRPC);
				assertThat(check.service()).isEqualTo("shop.Orders");
			});
	}

	@Test
	void backsOffFromAUsersAccess() {
		ConsulAccess own = ConsulAccess.of(new ConsulAddress("http", "127.0.0.1", 1), () -> "own");
		this.contextRunner.withPropertyValues(CONSUL)
			.withBean(ConsulAccess.class, () -> own)
			.run((context) -> assertThat(context.getBean(InstanceSource.class).description())
				.isEqualTo("consul 127.0.0.1:1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "consul_server", "http://consul", "consul:8500", "consul/ui", "con sul" })
	void aHostThatTheHttpClientCannotUseStopsTheStart(String host) {
		this.contextRunner.withPropertyValues("governance.discovery.consul.host=" + host)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("governance.discovery.consul.host: " + host + " (expected: a host name"));
	}

	@ParameterizedTest
	@CsvSource({ "::1,[::1]:8500", "[::1],[::1]:8500", "' consul-1.local ',consul-1.local:8500" })
	void aHostMayBeAnIpv6AddressWithOrWithoutBrackets(String host, String address) {
		this.contextRunner.withPropertyValues("governance.discovery.consul.host=" + host)
			.run((context) -> assertThat(context.getBean(InstanceSource.class).description())
				.isEqualTo("consul " + address));
	}

	@Test
	void aTokenIsUsedWithoutTheLineBreakAtItsEndAndNeverShown() {
		this.contextRunner.withPropertyValues(CONSUL, "governance.discovery.consul.token=secret\n")
			.run((context) -> assertThat(context.getBean(DiscoveryConsulProperties.class).token()).isEqualTo("secret"));
		this.contextRunner.withPropertyValues(CONSUL, "governance.discovery.consul.token=sec\nret")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("governance.discovery.consul.token: ")
				.hasMessageNotContaining("ret\n")
				.hasMessageNotContaining("sec\n"));
	}

	@Test
	void staticListsOfSpringCloudAreFollowed() {
		this.contextRunner
			.withPropertyValues("spring.cloud.discovery.client.simple.instances.orders[0].uri=http://10.0.0.7:8080",
					"spring.cloud.discovery.client.simple.instances.orders[0].metadata.version=2")
			.run((context) -> {
				assertThat(context).hasSingleBean(DiscoveryClient.class);
				List<Instance> instances = context.getBean(ServiceViews.class).view("orders").instances();
				assertThat(instances).singleElement().satisfies((instance) -> {
					assertThat(instance.address()).isEqualTo("10.0.0.7:8080");
					assertThat(instance.metadata()).containsEntry("version", "2");
				});
			});
	}

	@Test
	void healthIsUpAndShowsTheListsWhenTheRegistryIsAway() {
		this.webContextRunner.withPropertyValues(CONSUL, "governance.discovery.consul.port=1").run((context) -> {
			context.getBean(ServiceViews.class).view("orders");
			Health health = context.getBean("governanceDiscoveryHealthIndicator", HealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("source", "consul 127.0.0.1:1");
			assertThat(health.getDetails().get("registration")).asString().contains("state=NOT_WANTED");
			assertThat(health.getDetails().get("services")).asString()
				.contains("orders={state=UNKNOWN, since=", "reason=the registry has not answered yet", "instances=0",
						"no answer");
		});
	}

	@Test
	void attemptsAreMeteredByServiceAndInstance() {
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.withBean(ScriptedSource.class, () -> new ScriptedSource().with(ScriptedSource.instance("orders", 1)))
			.run((context) -> {
				context.getBean(InstanceSelector.class).select(FakeCall.to("orders"), null);
				context.getBean(InstanceSelector.class).select(FakeCall.to("orders"), null);
				assertThat(context.getBean(MeterRegistry.class)
					.get("governance.attempts")
					.tags("service", "orders", "target", "10.0.0.1:8080")
					.functionCounter()
					.count()).isEqualTo(2);
			});
	}

	@Test
	void springCloudLoadBalancerStepsAside() {
		MockEnvironment environment = new MockEnvironment();
		new DiscoveryDefaultsPostProcessor().postProcessEnvironment(environment, null);
		assertThat(environment.getProperty("spring.cloud.loadbalancer.enabled")).isEqualTo("false");
		this.contextRunner
			.withConfiguration(AutoConfigurations.of(
					org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration.class,
					org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration.class,
					LoadBalancerAutoConfiguration.class))
			.withPropertyValues("spring.cloud.loadbalancer.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(LoadBalancingStage.class)
				.doesNotHaveBean(LoadBalancerClient.class));
	}

	@Test
	void springCloudLoadBalancerStaysWhenOursIsOffOrTheUserWantsIt() {
		MockEnvironment off = new MockEnvironment().withProperty("governance.discovery.load-balancer.enabled", "false");
		new DiscoveryDefaultsPostProcessor().postProcessEnvironment(off, null);
		assertThat(off.getProperty("spring.cloud.loadbalancer.enabled")).isNull();
		MockEnvironment wanted = new MockEnvironment().withProperty("spring.cloud.loadbalancer.enabled", "true");
		new DiscoveryDefaultsPostProcessor().postProcessEnvironment(wanted, null);
		assertThat(wanted.getProperty("spring.cloud.loadbalancer.enabled")).isEqualTo("true");
	}

	@Test
	void healthIndicatorsThatFollowTheRegistryAreOffUnlessTheUserWantsThem() {
		MockEnvironment environment = new MockEnvironment().withProperty("management.health.consul.enabled", "true");
		new DiscoveryDefaultsPostProcessor().postProcessEnvironment(environment, null);
		assertThat(environment.getProperty("spring.cloud.discovery.client.composite-indicator.enabled"))
			.isEqualTo("false");
		assertThat(environment.getProperty("spring.cloud.discovery.client.health-indicator.enabled"))
			.isEqualTo("false");
		assertThat(environment.getProperty("management.health.consul.enabled")).isEqualTo("true");
		MockEnvironment off = new MockEnvironment().withProperty("governance.discovery.enabled", "false");
		new DiscoveryDefaultsPostProcessor().postProcessEnvironment(off, null);
		assertThat(off.getProperty("management.health.consul.enabled")).isNull();
	}

}
