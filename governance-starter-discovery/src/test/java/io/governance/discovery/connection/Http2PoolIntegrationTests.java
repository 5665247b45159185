// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.autoconfigure.GovernanceConnectionAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Pools over HTTP/2, where calls share a connection.
 */
class Http2PoolIntegrationTests {

	@Test
	void aCallThatWaitsInVainIsARejectionOfThisSide() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		DisposableServer server = oneCallAtATime(entered);
		try {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
						GovernanceDiscoveryAutoConfiguration.class, GovernanceConnectionAutoConfiguration.class,
						GovernanceLoadBalancerAutoConfiguration.class))
				.withBean(ScriptedSource.class,
						() -> new ScriptedSource().with(ScriptedSource.local("orders", "a", server.port())))
				.withUserConfiguration(Clients.class)
				.withPropertyValues("governance.discovery.connection.http2=true",
						"governance.discovery.connection.pool-size=1",
						"governance.discovery.connection.pending-timeout=300ms")
				.run((context) -> {
					Mono<String> call = context.getBean(WebClient.Builder.class)
						.build()
						.get()
						.uri("http://orders/held")
						.retrieve()
						.bodyToMono(String.class);
					Disposable held = call.subscribe();
					assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
					assertThat(catchThrowable(() -> call.block(Duration.ofSeconds(20)))).isInstanceOfSatisfying(
							CallRejectedException.class,
							(ex) -> assertThat(ex.rejection().reason()).isEqualTo(Reason.POOL_EXHAUSTED));
					held.dispose();
				});
		}
		finally {
			server.disposeNow();
		}
	}

	private static DisposableServer oneCallAtATime(CountDownLatch entered) {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.protocol(HttpProtocol.H2C)
			.http2Settings((settings) -> settings.maxConcurrentStreams(1))
			.handle((request, response) -> {
				entered.countDown();
				return Mono.never();
			})
			.bindNow();
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		@LoadBalanced
		WebClient.Builder webClient() {
			return WebClient.builder();
		}

	}

}
