// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.governance.discovery.consul.ScriptedAgent.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ConsulClient} and {@link ConsulAgent}.
 */
class ConsulClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final ServiceDefinition DEFINITION = new ServiceDefinition("orders-1", "orders", "10.0.0.1", 8080,
			Map.of("version", "2", "gateway.expose", "true"), Duration.ofSeconds(10), Duration.ofMinutes(5));

	private final CountDownLatch release = new CountDownLatch(1);

	private ScriptedAgent server;

	private ConsulReachability reachability;

	@BeforeEach
	void start() throws IOException {
		this.server = new ScriptedAgent((asked) -> Reply.ok());
		this.reachability = new ConsulReachability(this.server.address(null));
	}

	@AfterEach
	void stop() {
		this.release.countDown();
		this.server.close();
	}

	@Test
	void theTokenIsSentAndNeverPrinted() {
		agent("secret", TIMEOUT).heartbeat("orders-1");
		assertThat(this.server.asked()).singleElement().satisfies((asked) -> {
			assertThat(asked.token()).isEqualTo("secret");
			assertThat(asked.uri()).isEqualTo("/v1/agent/check/pass/service%3Aorders-1");
		});
		assertThat(this.server.address("secret").toString()).doesNotContain("secret");
	}

	@Test
	void aRegistrationHasAPassingCheckAndMetadataThatConsulAccepts() {
		agent(null, TIMEOUT).register(DEFINITION);
		assertThat(this.server.asked()).singleElement().satisfies((asked) -> {
			assertThat(asked.uri()).startsWith("/v1/agent/service/register");
			assertThat(asked.body()).contains("\"TTL\":\"10000ms\"", "\"Status\":\"passing\"",
					"\"DeregisterCriticalServiceAfter\":\"300000ms\"", "\"gateway__expose\":\"true\"", "\"Port\":8080");
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404, 429, 500, 503 })
	void everyAnswerThatIsNoSuccessIsAnErrorWithStatusAndBody(int status) {
		this.server.script((asked) -> new Reply(status, 1, "what  went\nwrong"));
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> agent(null, TIMEOUT).register(DEFINITION))
			.satisfies((ex) -> {
				assertThat(ex.status()).isEqualTo(status);
				assertThat(ex.noAnswer()).isFalse();
				assertThat(ex.refused()).isEqualTo(status == 403);
				assertThat(ex.notFound()).isEqualTo(status == 404);
			})
			.withMessage("PUT /v1/agent/service/register: " + status + " what went wrong");
		assertThat(this.reachability.isAway()).isFalse();
	}

	@Test
	void anAgentThatAcceptsAndSaysNothingIsGivenUp() {
		this.server.script((asked) -> {
			awaitRelease();
			return Reply.ok();
		});
		assertThatExceptionOfType(ConsulException.class)
			.isThrownBy(() -> agent(null, Duration.ofMillis(200)).heartbeat("orders-1"))
			.satisfies((ex) -> assertThat(ex.noAnswer()).isTrue());
		assertThat(this.reachability.isAway()).isTrue();
	}

	@Test
	void anAgentThatIsNotThereIsNoAnswer() {
		ConsulAgent agent = agent(null, TIMEOUT);
		this.server.close();
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> agent.heartbeat("orders-1"))
			.satisfies((ex) -> assertThat(ex.noAnswer()).isTrue())
			.withMessageContaining("ConnectException");
		assertThat(this.reachability.isAway()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "consul_server,token", "127.0.0.1,'with\nbreak'" })
	void whatCannotBeSentIsNoAnswerAndTheTokenIsNotShown(String host, String token) {
		ConsulAddress address = new ConsulAddress("http", host, 8500, token);
		ConsulAgent agent = new ConsulAgent(new ConsulClient(address, this.reachability, Runnable::run), TIMEOUT);
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> agent.heartbeat("orders-1"))
			.satisfies((ex) -> assertThat(ex.noAnswer()).isTrue())
			.withMessageContaining("cannot be sent")
			.withMessageNotContaining("break");
		assertThat(this.reachability.isAway()).isTrue();
	}

	@Test
	void takingOutWhatIsNotThereIsNoError() {
		this.server.script((asked) -> new Reply(500, 1, "Unknown service \"orders-1\""));
		assertThatNoException().isThrownBy(() -> agent(null, TIMEOUT).deregister("orders-1"));
		this.server.script((asked) -> new Reply(404, 1, "unknown"));
		assertThatNoException().isThrownBy(() -> agent(null, TIMEOUT).deregister("orders-1"));
		this.server.script((asked) -> new Reply(403, 1, "Permission denied"));
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> agent(null, TIMEOUT).deregister("orders-1"));
	}

	private ConsulAgent agent(String token, Duration timeout) {
		return new ConsulAgent(new ConsulClient(this.server.address(token), this.reachability, Runnable::run), timeout);
	}

	private void awaitRelease() {
		try {
			assertThat(this.release.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
