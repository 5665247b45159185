// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.governance.context.CallContext;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Outcome;
import io.governance.policy.Stage;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.FakeInstances;
import io.governance.test.ProbeRule;
import io.governance.test.ProbeRuleType;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.governance.test.contract.OutboundSetting;
import io.governance.time.TimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that go away: what a call holds comes back, and the service is not to blame.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientGoneIntegrationTests {

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private final ProbeRuleType call = new ProbeRuleType(Stage.RATE_LIMIT);

	private final ProbeRuleType attempt = new ProbeRuleType(Stage.BULKHEAD);

	private GatewayUnderTest gateway;

	@BeforeEach
	void start() {
		PolicyEngine engine = new PolicyEngine("gateway", TimeSource.system(), () -> 0L);
		engine.apply(new RuleSet("test",
				List.of(new RuleDefinition<>(this.call, "call", ProbeRule.any(), "test"),
						new RuleDefinition<>(this.attempt, "attempt", ProbeRule.any(), "test")),
				EnforcementOverrides.NONE));
		this.gateway = new GatewayUnderTest(new OutboundSetting(engine, TimeSource.system(), "gateway",
				new FakeInstances(List.of(this.upstream.uri()))), (id) -> CallContext.NONE);
	}

	@AfterEach
	void stop(CapturedOutput output) {
		this.gateway.close();
		this.upstream.close();
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void aClientThatDoesNotWaitForTheAnswerCancelsTheCall() throws IOException {
		this.upstream.script(Reply.hang());
		try (Socket client = send("GET /items HTTP/1.1\r\nHost: shop\r\nx-test-context: 0\r\n\r\n")) {
			Awaitility.await().untilAsserted(() -> assertThat(this.upstream.requests()).hasSize(1));
			assertThat(client.isConnected()).isTrue();
		}
		assertCancelled();
	}

	@Test
	void aClientThatBreaksOffItsBodyCancelsTheCall() throws IOException {
		try (Socket client = send(
				"POST /items HTTP/1.1\r\nHost: shop\r\nx-test-context: 0\r\nContent-Length: 100\r\n\r\nbeginning")) {
			Awaitility.await().untilAsserted(() -> assertThat(this.attempt.calls()).hasSize(1));
			assertThat(client.isConnected()).isTrue();
		}
		assertCancelled();
	}

	private Socket send(String request) throws IOException {
		URI uri = this.gateway.uri();
		Socket client = new Socket(uri.getHost(), uri.getPort());
		client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		return client;
	}

	private void assertCancelled() {
		assertThat(this.attempt.nextRelease().kind()).isEqualTo(Outcome.Kind.CANCELLED);
		assertThat(this.call.nextRelease().kind()).isEqualTo(Outcome.Kind.CANCELLED);
		assertThat(this.attempt.held()).isZero();
		assertThat(this.call.held()).isZero();
	}

}
