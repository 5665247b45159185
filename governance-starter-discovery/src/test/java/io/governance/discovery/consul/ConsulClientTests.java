// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.discovery.consul.ScriptedAgent.Reply;
import io.governance.discovery.registration.ServiceDefinition;
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

	private static final ServiceDefinition DEFINITION = definition(
			new ServiceDefinition.Check.Ttl(Duration.ofSeconds(10), Duration.ofMinutes(5)));

	private final CountDownLatch release = new CountDownLatch(1);

	private ScriptedAgent server;

	private ConsulReachability reachability;

	@BeforeEach
	void start() throws IOException {
		this.server = new ScriptedAgent((asked) -> Reply.ok());
		this.reachability = new ConsulReachability(this.server.address());
	}

	@AfterEach
	void stop() {
		this.release.countDown();
		this.server.close();
	}

	@Test
	void theTokenIsSentAndNeverPrinted() {
		agent("secret", TIMEOUT).heartbeat(DEFINITION);
		assertThat(this.server.asked()).singleElement().satisfies((asked) -> {
			assertThat(asked.token()).isEqualTo("secret");
			assertThat(asked.uri()).isEqualTo("/v1/agent/check/pass/service%3Aorders-1");
		});
		assertThat(ConsulAccess.of(this.server.address(), ConsulToken.of("secret")).toString())
			.doesNotContain("secret");
	}

	@Test
	void aRegistrationHasAPassingCheckAndMetadataThatConsulAccepts() {
		agent((String) null, TIMEOUT).register(DEFINITION, true);
		assertThat(this.server.asked()).singleElement().satisfies((asked) -> {
			assertThat(asked.uri()).startsWith("/v1/agent/service/register");
			assertThat(asked.body()).contains("\"TTL\":\"10000ms\"", "\"Status\":\"passing\"",
					"\"DeregisterCriticalServiceAfter\":\"300000ms\"", "\"gateway__expose\":\"true\"", "\"Port\":8080",
					"\"Tags\":[\"staging\"]");
		});
	}

	@Test
	void anAgentThatAsksIsToldWhatHowOftenAndHowLong() {
		Duration minutes = Duration.ofMinutes(5);
		agent((String) null, TIMEOUT)
			.register(definition(new ServiceDefinition.Check.Http("https://10.0.0.1:8081/health", Duration.ofSeconds(7),
					Duration.ofSeconds(3), true, minutes)), true);
		agent((String) null, TIMEOUT).register(definition(new ServiceDefinition.Check.Grpc("10.0.0.1:9090/shop.Orders",
				true, Duration.ofSeconds(7), Duration.ofSeconds(3), false, minutes)), true);
		assertThat(this.server.asked()).extracting(ScriptedAgent.Asked::body)
			.satisfiesExactly(
					(http) -> assertThat(http).contains("\"HTTP\":\"https://10.0.0.1:8081/health\"",
							"\"Interval\":\"7000ms\"", "\"Timeout\":\"3000ms\"", "\"TLSSkipVerify\":true",
							"\"CheckID\":\"service:orders-1:http\"", "\"Status\":\"passing\""),
					(grpc) -> assertThat(grpc).contains("\"GRPC\":\"10.0.0.1:9090/shop.Orders\"", "\"GRPCUseTLS\":true",
							"\"TLSSkipVerify\":false", "\"CheckID\":\"service:orders-1:grpc\"",
							"\"DeregisterCriticalServiceAfter\":\"300000ms\""));
	}

	@Test
	void aTokenThatIsNotKnownIsARefusalAndNothingIsSent() {
		ConsulToken unknown = () -> {
			throw new IllegalStateException("token file /run/token: empty");
		};
		assertThatExceptionOfType(ConsulException.class)
			.isThrownBy(() -> agent(unknown, TIMEOUT).register(DEFINITION, true))
			.satisfies((ex) -> assertThat(ex.refused()).isTrue())
			.withMessage("PUT /v1/agent/service/register: not sent (token file /run/token: empty)");
		assertThat(this.server.asked()).isEmpty();
		assertThat(this.reachability.isAway()).isFalse();
	}

	@Test
	void anotherTokenThanAtTheRegistrationIsNoticed() {
		AtomicReference<String> token = new AtomicReference<>("first");
		ConsulAgent agent = agent(token::get, TIMEOUT);
		agent.register(DEFINITION, true);
		assertThat(agent.isTokenChanged()).isFalse();
		token.set("second");
		assertThat(agent.isTokenChanged()).isTrue();
		agent.register(DEFINITION, true);
		assertThat(agent.isTokenChanged()).isFalse();
		assertThat(this.server.asked()).extracting(ScriptedAgent.Asked::token).containsExactly("first", "second");
	}

	@Test
	void whatTheAgentKnowsOfAnInstanceIsReadWhateverItsHealth() {
		this.server.script((asked) -> new Reply(503, 0, """
				{"AggregatedStatus": "maintenance", "Service": {"ID": "orders-1", "Service": "orders", "Port": 8080},
				"Checks": [{"CheckID": "_service_maintenance:orders-1", "Notes": "repair", "Status": "critical"},
				{"CheckID": "service:orders-1", "ServiceID": "orders-1", "Status": "critical", "Output": "TTL expired"},
				{"CheckID": "disk", "ServiceID": "", "Status": "passing"}]}"""));
		RegisteredInstance found = agent((String) null, TIMEOUT).find("orders-1");
		assertThat(found.checkIds()).containsExactly("service:orders-1");
		assertThat(found.maintenance()).isEqualTo("repair");
		assertThat(found.nodeMaintenance()).isNull();
		assertThat(found.failing()).isEqualTo("check service:orders-1 is critical: TTL expired");
		assertThat(found.isStill(found, DEFINITION)).isTrue();
		this.server.script((asked) -> new Reply(404, 0, """
				{"AggregatedStatus": "critical", "Service": null, "Checks": null}"""));
		assertThat(agent((String) null, TIMEOUT).find("orders-1")).isNull();
		this.server.script((asked) -> new Reply(403, 0, "Permission denied"));
		assertThatExceptionOfType(ConsulException.class)
			.isThrownBy(() -> agent((String) null, TIMEOUT).find("orders-1"))
			.satisfies((ex) -> assertThat(ex.refused()).isTrue());
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404, 429, 500, 503 })
	void everyAnswerThatIsNoSuccessIsAnErrorWithStatusAndBody(int status) {
		this.server.script((asked) -> new Reply(status, 1, "what  went\nwrong"));
		assertThatExceptionOfType(ConsulException.class)
			.isThrownBy(() -> agent((String) null, TIMEOUT).register(DEFINITION, true))
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
			.isThrownBy(() -> agent((String) null, Duration.ofMillis(200)).heartbeat(DEFINITION))
			.satisfies((ex) -> assertThat(ex.noAnswer()).isTrue());
		assertThat(this.reachability.isAway()).isTrue();
	}

	@Test
	void anAgentThatIsNotThereIsNoAnswer() {
		ConsulAgent agent = agent((String) null, TIMEOUT);
		this.server.close();
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> agent.heartbeat(DEFINITION))
			.satisfies((ex) -> assertThat(ex.noAnswer()).isTrue())
			.withMessageContaining("ConnectException");
		assertThat(this.reachability.isAway()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "consul_server,token", "127.0.0.1,'with\nbreak'" })
	void whatCannotBeSentIsNoAnswerAndTheTokenIsNotShown(String host, String token) {
		ConsulAccess access = ConsulAccess.of(new ConsulAddress("http", host, 8500), ConsulToken.of(token));
		ConsulAgent agent = new ConsulAgent(new ConsulClient(access, this.reachability, Runnable::run), TIMEOUT);
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> agent.heartbeat(DEFINITION))
			.satisfies((ex) -> assertThat(ex.noAnswer()).isTrue())
			.withMessageContaining("cannot be sent")
			.withMessageNotContaining("break");
		assertThat(this.reachability.isAway()).isTrue();
	}

	@Test
	void takingOutWhatIsNotThereIsNoError() {
		this.server.script((asked) -> new Reply(500, 1, "Unknown service \"orders-1\""));
		assertThatNoException().isThrownBy(() -> agent((String) null, TIMEOUT).deregister("orders-1"));
		this.server.script((asked) -> new Reply(404, 1, "unknown"));
		assertThatNoException().isThrownBy(() -> agent((String) null, TIMEOUT).deregister("orders-1"));
		this.server.script((asked) -> new Reply(403, 1, "Permission denied"));
		assertThatExceptionOfType(ConsulException.class)
			.isThrownBy(() -> agent((String) null, TIMEOUT).deregister("orders-1"));
	}

	private ConsulAgent agent(String token, Duration timeout) {
		return agent(ConsulToken.of(token), timeout);
	}

	private ConsulAgent agent(ConsulToken token, Duration timeout) {
		ConsulAccess access = ConsulAccess.of(this.server.address(), token);
		return new ConsulAgent(new ConsulClient(access, this.reachability, Runnable::run), timeout);
	}

	private static ServiceDefinition definition(ServiceDefinition.Check check) {
		return new ServiceDefinition("orders-1", "orders", "10.0.0.1", 8080, List.of("staging"),
				Map.of("version", "2", "gateway.expose", "true"), check);
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
