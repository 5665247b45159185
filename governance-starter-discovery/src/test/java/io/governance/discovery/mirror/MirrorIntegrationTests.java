// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.mirror;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration;
import io.governance.engine.PolicyEngine;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Mirror} with real servers: how many copies, how large, and what it
 * costs the caller when they come to nothing.
 */
class MirrorIntegrationTests {

	private String timeout = "60s";

	private final ScriptedUpstream called = ScriptedUpstream.start();

	private final ScriptedUpstream shadow = ScriptedUpstream.start();

	private final ScriptedSource source = new ScriptedSource()
		.with(ScriptedSource.local("orders", "a", this.called.port()))
		.with(ScriptedSource.local("shadow", "s", this.shadow.port()));

	@AfterEach
	void stop() {
		this.called.close();
		this.shadow.close();
	}

	@Test
	void aShareOfTheCallsIsCopied() {
		run((context) -> {
			for (int i = 0; i < 400; i++) {
				get(context, "/");
			}
			long applied = count(context, "applied");
			assertThat(applied).isBetween(60L, 140L);
			Awaitility.await().until(() -> this.shadow.requests().size() == applied);
			assertThat(this.called.requests()).hasSize(400);
		}, "percent=25", "max-in-flight=1000");
	}

	@Test
	void copiesThatHangAreBoundedAndTheOthersAreLeftOut() {
		this.shadow.otherwise((request) -> Reply.hang());
		run((context) -> {
			for (int i = 0; i < 50; i++) {
				get(context, "/");
			}
			assertThat(count(context, "overflow")).isEqualTo(47);
			assertThat(this.called.requests()).hasSize(50);
			Awaitility.await().untilAsserted(() -> assertThat(this.shadow.requests()).hasSize(3));
		}, "max-in-flight=3");
	}

	@Test
	void aCopyThatIsNotAnsweredInTimeGivesItsPlaceBack() {
		this.shadow.otherwise((request) -> Reply.hang());
		this.timeout = "300ms";
		run((context) -> {
			get(context, "/");
			Awaitility.await().untilAsserted(() -> assertThat(count(context, "failed")).isEqualTo(1));
			get(context, "/");
			Awaitility.await().untilAsserted(() -> assertThat(count(context, "applied")).isEqualTo(2));
		}, "max-in-flight=1");
	}

	@Test
	void aTargetThatIsGoneCostsNothing() throws IOException {
		this.source.with(ScriptedSource.local("shadow", "s", freePort()));
		run((context) -> {
			for (int i = 0; i < 20; i++) {
				get(context, "/");
			}
			assertThat(this.called.requests()).hasSize(20);
			Awaitility.await().untilAsserted(() -> assertThat(count(context, "failed")).isEqualTo(20));
		});
	}

	@Test
	void aTargetWithoutInstancesCostsNothing() {
		run((context) -> {
			get(context, "/");
			Awaitility.await().untilAsserted(() -> assertThat(count(context, "no-instance")).isEqualTo(1));
		}, "to.service=nobody");
	}

	@Test
	void aStreamedBodyIsCopiedUpToTheLimit() {
		run((context) -> {
			post(context, 10, 1024);
			post(context, 11, 1024);
			Awaitility.await().untilAsserted(() -> assertThat(this.shadow.requests()).hasSize(1));
			assertThat(this.shadow.requests().get(0).bodyBytes()).isEqualTo(10 * 1024);
			assertThat(this.called.requests()).extracting("bodyBytes").containsExactly(10 * 1024L, 11 * 1024L);
			assertThat(count(context, "too-large")).isEqualTo(1);
		}, "max-body-bytes=10240");
	}

	@Test
	void aBodyThatBreaksOffIsNotCopied() {
		run((context) -> {
			StreamingHttpOutputMessage.Body broken = (out) -> {
				out.write(new byte[100]);
				throw new IOException("the source broke");
			};
			assertThatExceptionOfType(Exception.class).isThrownBy(
					() -> client(context).post().uri("http://orders/").body(broken).retrieve().toBodilessEntity());
			Awaitility.await().untilAsserted(() -> assertThat(count(context, "unfinished")).isEqualTo(1));
			assertThat(this.shadow.requests()).isEmpty();
		});
	}

	@Test
	void whatTheTargetAnswersIsNotWaitedForNorSeen() {
		this.shadow.otherwise((request) -> Reply.status(500).body(100_000));
		run((context) -> {
			assertThat(get(context, "/")).isEqualTo("ok");
			Awaitility.await().untilAsserted(() -> assertThat(this.shadow.requests()).hasSize(1));
			assertThat(count(context, "failed")).isZero();
		});
	}

	private void run(ContextConsumer<AssertableApplicationContext> test, String... rule) {
		List<String> properties = new ArrayList<>(List.of("spring.application.name=shop",
				"governance.discovery.view.first-list-timeout=200ms",
				"governance.discovery.mirror.timeout=" + this.timeout,
				"governance.rules.mirror.copy.match.service=orders", "governance.rules.mirror.copy.to.service=shadow"));
		Arrays.stream(rule).map((part) -> "governance.rules.mirror.copy." + part).forEach(properties::add);
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
					GovernanceDiscoveryAutoConfiguration.class, GovernanceLoadBalancerAutoConfiguration.class))
			.withBean(ScriptedSource.class, () -> this.source)
			.withUserConfiguration(Clients.class)
			.withPropertyValues(properties.toArray(String[]::new))
			.run(test);
	}

	private static RestClient client(ApplicationContext context) {
		return context.getBean(RestClient.Builder.class).build();
	}

	private static String get(ApplicationContext context, String path) {
		return client(context).get().uri("http://orders" + path).retrieve().body(String.class);
	}

	private static void post(ApplicationContext context, int parts, int length) {
		StreamingHttpOutputMessage.Body body = (out) -> {
			for (int i = 0; i < parts; i++) {
				out.write(new byte[length]);
				out.flush();
			}
		};
		client(context).post().uri("http://orders/").body(body).retrieve().toBodilessEntity();
	}

	private static long count(ApplicationContext context, String decision) {
		return context.getBean(PolicyEngine.class)
			.counters()
			.stream()
			.filter((counter) -> counter.type().equals("mirror"))
			.flatMap((counter) -> counter.counts().entrySet().stream())
			.filter((entry) -> entry.getKey().decision().equals(decision))
			.mapToLong((entry) -> entry.getValue().sum())
			.sum();
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
