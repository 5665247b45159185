// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import feign.Capability;
import io.governance.actuate.EnforcementPoint;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.client.RequestFactoryStage;
import io.governance.engine.PolicyEngine;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Segment;
import io.governance.resilience.client.CallStage;
import io.governance.resilience.client.ClientSettings;
import io.governance.resilience.client.FeignCallStage;
import io.governance.resilience.client.TransportStage;
import io.governance.resilience.client.WebClientStages;
import io.governance.resilience.execution.CallExecution;
import io.governance.test.ReceivedRequest;
import io.governance.test.ScriptedUpstream;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.cloud.openfeign.clientconfig.HttpClient5FeignConfiguration.HttpClientBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link GovernanceOutboundAutoConfiguration}.
 */
class GovernanceOutboundAutoConfigurationTests {

	private static final String CALLER = "x-governance-caller";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("spring.application.name=orders")
		.withConfiguration(
				AutoConfigurations.of(GovernanceAutoConfiguration.class, GovernanceOutboundAutoConfiguration.class));

	@Test
	void suppliesTheStagesOfAllClients() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(CallStage.class)
				.hasSingleBean(TransportStage.class)
				.hasSingleBean(WebClientStages.class);
			assertThat(context.getBean(CallExecution.class).caller()).isEqualTo("orders");
			assertThat(context.getBeansOfType(EnforcementPoint.class).values()).extracting(EnforcementPoint::segment)
				.contains(Segment.CALL, Segment.ATTEMPT);
		});
	}

	@Test
	void backsOffForTheUsersSettings() {
		this.contextRunner.withUserConfiguration(OwnSettings.class)
			.run((context) -> assertThat(context.getBean(CallExecution.class).caller()).isEqualTo("mine"));
	}

	@Test
	void isOffWhenSwitchedOff() {
		this.contextRunner.withPropertyValues("governance.resilience.outbound.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ClientSettings.class)
				.doesNotHaveBean(RequestFactoryStage.class));
	}

	@Test
	void needsNoWebClient() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasSingleBean(CallStage.class)
				.doesNotHaveBean("governanceWebClientStages"));
	}

	@Test
	void suppliesTheStageOfFeignClientsWhereOpenFeignIs() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(FeignCallStage.class).hasSingleBean(HttpClientBuilderCustomizer.class);
			assertThat(context.getBeansOfType(EnforcementPoint.class).values()).extracting(EnforcementPoint::adapter)
				.contains("OpenFeign");
		});
		for (Class<?> missing : List.of(Capability.class, FeignClient.class)) {
			this.contextRunner.withClassLoader(new FilteredClassLoader(missing))
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("governanceFeignCallStage"));
		}
	}

	@Test
	void backsOffForTheUsersStageOfFeignClients() {
		this.contextRunner.withBean("own", FeignCallStage.class, () -> new FeignCallStage(null, null))
			.run((context) -> assertThat(context).getBeanNames(FeignCallStage.class).containsExactly("own"));
	}

	@Test
	void doesNothingWithoutSpringsHttpClasses() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.http"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("governanceClientSettings"));
	}

	@Test
	void withNothingConfiguredOnlyLoadBalancedClientsAreGoverned() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
			this.contextRunner.withUserConfiguration(Clients.class).run((context) -> {
				callAll(context.getBean(Clients.class), upstream);
				assertThat(upstream.requests()).extracting((request) -> request.header(CALLER))
					.containsExactly("orders", null, "orders", null, "orders", null);
			});
		}
	}

	@Test
	void clientsThatCannotBeTimedAreNamed() {
		this.contextRunner.withUserConfiguration(Clients.class).run((context) -> {
			TransportStage stage = context.getBean(TransportStage.class);
			assertThat(stage.limits()).isEmpty();
			context.getBean(Clients.class).balanced.requestFactory(new JettyClientHttpRequestFactory()).build();
			assertThat(stage.limits()).contains("JettyClientHttpRequestFactory");
			assertThat(context.getBean("governanceBlockingCallPoint", EnforcementPoint.class).limits().get())
				.isEqualTo(stage.limits());
		});
	}

	@Test
	void callsToNamedHostsAreGovernedInAllClients() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
			this.contextRunner.withUserConfiguration(Clients.class)
				.withPropertyValues("governance.resilience.outbound.hosts=127.0.0.1")
				.run((context) -> {
					callAll(context.getBean(Clients.class), upstream);
					assertThat(upstream.requests()).hasSize(6)
						.extracting((request) -> request.header(CALLER))
						.containsOnly("orders");
				});
		}
	}

	@Test
	void callsToOtherHostsAreNotGoverned() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
			this.contextRunner.withUserConfiguration(Clients.class)
				.withPropertyValues("governance.resilience.outbound.hosts=elsewhere.example")
				.run((context) -> {
					Clients clients = context.getBean(Clients.class);
					clients.plain.build().get().uri(upstream.uri()).retrieve().toBodilessEntity();
					clients.plainReactive.build().get().uri(upstream.uri()).retrieve().toBodilessEntity().block();
					assertThat(upstream.requests()).extracting((request) -> request.header(CALLER))
						.containsExactly(null, null);
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://api.example", "api.example:8443", "*.example", "api.example/v1" })
	void whatIsNoHostIsNamed(String host) {
		this.contextRunner.withPropertyValues("governance.resilience.outbound.hosts=api.example," + host)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("governance.resilience.outbound.hosts");
					assertThat(ex.getValue()).isEqualTo(host);
				}));
	}

	@Test
	void namesAndAddressesAreHosts() {
		this.contextRunner
			.withPropertyValues("governance.resilience.outbound.hosts=api.example, 127.0.0.1 ,[::1],my_service")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aWrittenRuleTakesEffect() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
			this.contextRunner.withUserConfiguration(Clients.class)
				.withPropertyValues("governance.rules.rate-limit.one.limit=1", "governance.rules.rate-limit.one.per=1h",
						"governance.rules.rate-limit.one.match.direction=outbound")
				.run((context) -> {
					RestClient client = context.getBean(Clients.class).balanced.build();
					client.get().uri(upstream.uri()).retrieve().toBodilessEntity();
					assertThatThrownBy(() -> client.get().uri(upstream.uri()).retrieve().toBodilessEntity())
						.isInstanceOf(CallRejectedException.class)
						.hasMessageContaining("rate-limit/one");
				});
		}
	}

	@Test
	void theBuiltInRulesGiveCallsADeadline() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
			this.contextRunner.withUserConfiguration(Clients.class).run((context) -> {
				context.getBean(Clients.class).balanced.build().get().uri(upstream.uri()).retrieve().toBodilessEntity();
				ReceivedRequest received = upstream.requests().get(0);
				assertThat(Long.valueOf(String.valueOf(received.header("x-governance-timeout-ms")))).isBetween(1L,
						10_000L);
			});
		}
	}

	private static void callAll(Clients clients, ScriptedUpstream upstream) {
		for (RestClient.Builder builder : List.of(clients.balanced, clients.plain)) {
			builder.build().get().uri(upstream.uri()).retrieve().toBodilessEntity();
		}
		for (RestTemplate template : List.of(clients.balancedTemplate, clients.plainTemplate)) {
			template.getForEntity(upstream.uri(), Void.class);
		}
		for (WebClient.Builder builder : List.of(clients.balancedReactive, clients.plainReactive)) {
			builder.build().get().uri(upstream.uri()).retrieve().toBodilessEntity().block();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSettings {

		@Bean
		CallExecution ownExecution(PolicyEngine engine, TimeSource time) {
			return new CallExecution(engine, time, "mine");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientBeans {

		@Bean
		@LoadBalanced
		RestClient.Builder balanced() {
			return RestClient.builder();
		}

		@Bean
		RestClient.Builder plain() {
			return RestClient.builder();
		}

		@Bean
		@LoadBalanced
		RestTemplate balancedTemplate() {
			return new RestTemplate();
		}

		@Bean
		RestTemplate plainTemplate() {
			return new RestTemplate();
		}

		@Bean
		@LoadBalanced
		WebClient.Builder balancedReactive() {
			return WebClient.builder();
		}

		@Bean
		WebClient.Builder plainReactive() {
			return WebClient.builder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ClientBeans.class)
	static class Clients {

		private final RestClient.Builder balanced;

		private final RestClient.Builder plain;

		private final RestTemplate balancedTemplate;

		private final RestTemplate plainTemplate;

		private final WebClient.Builder balancedReactive;

		private final WebClient.Builder plainReactive;

		Clients(Map<String, RestClient.Builder> blocking, Map<String, RestTemplate> templates,
				Map<String, WebClient.Builder> reactive) {
			this.balanced = Objects.requireNonNull(blocking.get("balanced"));
			this.plain = Objects.requireNonNull(blocking.get("plain"));
			this.balancedTemplate = Objects.requireNonNull(templates.get("balancedTemplate"));
			this.plainTemplate = Objects.requireNonNull(templates.get("plainTemplate"));
			this.balancedReactive = Objects.requireNonNull(reactive.get("balancedReactive"));
			this.plainReactive = Objects.requireNonNull(reactive.get("plainReactive"));
		}

	}

}
