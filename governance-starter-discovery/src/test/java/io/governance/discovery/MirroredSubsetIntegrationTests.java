// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.Collectors;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceConnectionAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration;
import io.governance.discovery.connection.ConnectionLimits;
import io.governance.engine.EffectiveRule;
import io.governance.engine.PolicyEngine;
import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Copies that go to other instances of the called service, with real servers. Calls and
 * copies choose from the same instances there; what becomes of copies must not be seen in
 * what calls are sent by.
 */
class MirroredSubsetIntegrationTests {

	private static final int CALLS = 30;

	/** Calls go to version 2 alone. */
	private static final String[] VERSION_2 = { "governance.rules.route.two.match.service=inventory",
			"governance.rules.route.two.to[0].subset.version=2" };

	private final ScriptedUpstream two = ScriptedUpstream.start();

	private final ScriptedUpstream three = ScriptedUpstream.start();

	private final ScriptedSource source = new ScriptedSource().with(instance("2", this.two.port()),
			instance("3", this.three.port()));

	@AfterEach
	void stop() {
		this.two.close();
		this.three.close();
	}

	@Test
	void theSubsetGetsACopyOfEachCallAndTheOthersNone() {
		run((context) -> {
			calls(context, CALLS);
			awaitCopies(CALLS);
			assertThat(copies(this.two)).isZero();
			assertThat(calls(this.two)).isEqualTo(CALLS);
			assertThat(calls(this.three)).isZero();
			assertThat(this.three.requests()).extracting(ReceivedRequest::path).containsOnly("/stock/7");
		}, VERSION_2);
	}

	@Test
	void withoutARouteTheSubsetIsCalledAndCopiedTo() {
		run((context) -> {
			calls(context, CALLS);
			awaitCopies(CALLS);
			assertThat(copies(this.two)).isZero();
			assertThat(calls(this.two)).isPositive();
			assertThat(calls(this.two) + calls(this.three)).isEqualTo(CALLS);
			assertThat(attempts(context, this.two)).isEqualTo(calls(this.two));
			assertThat(attempts(context, this.three)).isEqualTo(calls(this.three));
		});
	}

	@Test
	void otherMethodsAreNotCopied() {
		run((context) -> {
			client(context).delete().uri("http://inventory/stock/7").retrieve().toBodilessEntity();
			calls(context, 1);
			awaitCopies(1);
			assertThat(this.two.requests()).extracting(ReceivedRequest::method).containsExactly("DELETE", "GET");
			assertThat(decisions(context, "applied")).isEqualTo(1);
		}, VERSION_2);
	}

	@Test
	void copiesThatFailEjectNobodyThoughCallsThatFailDo() {
		this.three.otherwise((request) -> isCopy(request) ? Reply.status(500) : Reply.ok());
		run((context) -> {
			calls(context, CALLS);
			awaitCopies(CALLS);
			awaitNoneUnderWay(context);
			calls(context, CALLS);
			assertThat(status(context).selection()).isEqualTo(ServiceStatus.Selection.NONE);
			this.three.otherwise(Reply.status(500));
			Awaitility.await().untilAsserted(() -> {
				client(context).get()
					.uri("http://inventory/")
					.retrieve()
					.onStatus(HttpStatusCode::isError, (request, response) -> {
					})
					.toBodilessEntity();
				assertThat(status(context).selection().ejected()).containsExactly("inventory-3");
			});
			// peak-ewma would leave an instance that fails alone
		}, "governance.rules.load-balancing.inventory.match.service=inventory",
				"governance.rules.load-balancing.inventory.algorithm=round-robin");
	}

	@Test
	void copiesThatHangAreNotUnderWayForBalancingAndNeedNoPlaceInThePool() {
		this.three.otherwise((request) -> isCopy(request) ? Reply.hang() : Reply.ok());
		run((context) -> {
			calls(context, CALLS);
			awaitCopies(20);
			assertThat(state(context)).isEqualTo("20 in flight");
			assertThat(context.getBean(ServiceViews.class).view("inventory").endpoints())
				.allSatisfy((endpoint) -> assertThat(endpoint.active()).isZero());
			assertThat(context.getBean(ConnectionLimits.class).used()).isZero();
			assertThat(attempts(context, this.two) + attempts(context, this.three)).isEqualTo(CALLS);
			assertThat(decisions(context, "overflow")).isEqualTo(CALLS - 20);
			calls(context, CALLS);
			assertThat(calls(this.three)).as("the one place is still there for calls").isPositive();
			assertThat(status(context).selection()).isEqualTo(ServiceStatus.Selection.NONE);
		}, "governance.rules.mirror.inventory-next.max-in-flight=20",
				"governance.discovery.connection.services.inventory.pool-size=1",
				"governance.discovery.connection.services.inventory.max-pending=0");
	}

	@Test
	void copiesThatAreNotTakenMakeNoInstanceAvoided() throws IOException {
		this.source.with(instance("2", this.two.port()), instance("3", freePort()));
		run((context) -> {
			calls(context, CALLS);
			Awaitility.await().untilAsserted(() -> assertThat(decisions(context, "failed")).isEqualTo(CALLS));
			assertThat(calls(this.two)).isEqualTo(CALLS);
			assertThat(attempts(context, this.two)).isEqualTo(CALLS);
			assertThat(status(context).selection()).isEqualTo(ServiceStatus.Selection.NONE);
		}, VERSION_2);
	}

	@Test
	void withoutAnInstanceOfTheSubsetThereIsNoCopyAndNoOtherGetsIt() {
		this.source.with(instance("2", this.two.port()));
		run((context) -> {
			calls(context, CALLS);
			Awaitility.await().untilAsserted(() -> assertThat(decisions(context, "no-instance")).isEqualTo(CALLS));
			assertThat(copies(this.two)).isZero();
		});
	}

	/** With the rule for inventory of docs/policies/mirror.md, for all calls. */
	private void run(ContextConsumer<AssertableApplicationContext> test, String... more) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GovernanceAutoConfiguration.class, GovernanceDiscoveryAutoConfiguration.class,
							GovernanceConnectionAutoConfiguration.class, GovernanceLoadBalancerAutoConfiguration.class))
			.withBean(ScriptedSource.class, () -> this.source)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withUserConfiguration(Clients.class)
			.withPropertyValues("spring.application.name=shop", "governance.discovery.mirror.timeout=60s",
					"governance.rules.mirror.inventory-next.match.service=inventory",
					"governance.rules.mirror.inventory-next.match.methods=GET",
					"governance.rules.mirror.inventory-next.to.subset.version=3",
					"governance.rules.mirror.inventory-next.percent=100")
			.withPropertyValues(more)
			.run(test);
	}

	private static Instance instance(String version, int port) {
		return new Instance("inventory-" + version, "inventory", "127.0.0.1", port, false, Map.of("version", version));
	}

	private static RestClient client(ApplicationContext context) {
		return context.getBean(RestClient.Builder.class).build();
	}

	private static void calls(ApplicationContext context, int count) {
		RestClient client = client(context);
		for (int i = 0; i < count; i++) {
			assertThat(client.get().uri("http://inventory/stock/7?depth=2").retrieve().body(String.class))
				.isEqualTo("ok");
		}
	}

	private void awaitCopies(int count) {
		Awaitility.await().untilAsserted(() -> assertThat(copies(this.three)).isEqualTo(count));
	}

	private static void awaitNoneUnderWay(ApplicationContext context) {
		Awaitility.await().untilAsserted(() -> assertThat(state(context)).isEqualTo("0 in flight"));
	}

	private static boolean isCopy(ReceivedRequest request) {
		return request.headers().containsKey("x-governance-mirror");
	}

	private static long copies(ScriptedUpstream upstream) {
		return upstream.requests().stream().filter(MirroredSubsetIntegrationTests::isCopy).count();
	}

	private static long calls(ScriptedUpstream upstream) {
		return upstream.requests().size() - copies(upstream);
	}

	private static double attempts(ApplicationContext context, ScriptedUpstream upstream) {
		FunctionCounter counter = context.getBean(MeterRegistry.class)
			.get("governance.attempts")
			.tags("service", "inventory", "target", "127.0.0.1:" + upstream.port())
			.functionCounter();
		return counter.count();
	}

	private static ServiceStatus status(ApplicationContext context) {
		return context.getBean(ServiceViews.class).status("inventory");
	}

	private static long decisions(ApplicationContext context, String decision) {
		return context.getBean(PolicyEngine.class)
			.counters()
			.stream()
			.filter((counter) -> counter.type().equals("mirror"))
			.flatMap((counter) -> counter.counts().entrySet().stream())
			.filter((entry) -> entry.getKey().decision().equals(decision))
			.mapToLong((entry) -> entry.getValue().sum())
			.sum();
	}

	/** How many copies are under way, as the actuator shows it. */
	private static String state(ApplicationContext context) {
		return context.getBean(PolicyEngine.class)
			.effectiveRules()
			.stream()
			.filter((rule) -> rule.type().equals("mirror"))
			.map(EffectiveRule::state)
			.collect(Collectors.joining());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		@LoadBalanced
		RestClient.Builder builder() {
			return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
		}

	}

}
