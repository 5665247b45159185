// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.policy.Call.Priority;
import io.governance.engine.PolicyEngine;
import io.governance.execution.Deadline;
import io.governance.policy.Outcome;
import io.governance.policy.Stage;
import io.governance.resilience.execution.CallExecution;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.ProbeRule;
import io.governance.test.ProbeRuleType;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code WebClient} does beyond the contract.
 */
class WebClientCallTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private final ProbeRuleType attempts = new ProbeRuleType(Stage.BULKHEAD);

	private final ClientSettings settings = settings();

	@AfterEach
	void close() {
		this.upstream.close();
	}

	@Test
	void cancellingAbandonsTheRequestAndGivesThePermitBack() throws InterruptedException {
		CountDownLatch sent = new CountDownLatch(1);
		this.upstream.script(Reply.hang());
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(
					HttpClient.create().doAfterRequest((request, connection) -> sent.countDown())));
		WebClientStages.attach(builder, this.settings, true);
		Disposable call = builder.build().get().uri(this.upstream.uri()).retrieve().toBodilessEntity().subscribe();
		assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.attempts.held()).isEqualTo(1);
		call.dispose();
		assertThat(this.attempts.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(this.attempts.held()).isZero();
	}

	@Test
	void theContextOfTheSubscriberCounts() {
		CallContext context = new CallContext(Deadline.in(TimeSource.system(), Duration.ofSeconds(3)), 1, Map.of(),
				null, Priority.SHEDDABLE);
		client(WebClient.builder()).get()
			.uri(this.upstream.uri())
			.retrieve()
			.toBodilessEntity()
			.contextWrite((view) -> view.put(CallContext.KEY, context))
			.block(PATIENCE);
		assertThat(this.upstream.requests().get(0).header("x-governance-priority")).isEqualTo("sheddable");
		assertThat(Long.valueOf(String.valueOf(this.upstream.requests().get(0).header("x-governance-timeout-ms"))))
			.isBetween(1L, 3_000L);
	}

	@Test
	void theStageIsOutermostAndThereOnce() {
		List<String> passed = new ArrayList<>();
		WebClient.Builder builder = WebClient.builder().filter((request, next) -> {
			passed.add(String.valueOf(request.headers().getFirst("x-governance-attempt")));
			return next.exchange(request);
		});
		WebClientStages.attach(builder, this.settings, true);
		client(builder).get().uri(this.upstream.uri()).retrieve().toBodilessEntity().block(PATIENCE);
		assertThat(passed).containsExactly("1");
		assertThat(this.attempts.calls()).hasSize(1);
	}

	@Test
	void aSubscriptionIsACallOfItsOwn() {
		var call = client(WebClient.builder()).method(HttpMethod.PUT)
			.uri(this.upstream.uri())
			.bodyValue("content")
			.retrieve()
			.toBodilessEntity();
		call.block(PATIENCE);
		call.block(PATIENCE);
		assertThat(this.attempts.releases()).hasSize(2);
		assertThat(this.upstream.requests()).extracting((request) -> request.body())
			.containsExactly("content", "content");
	}

	private WebClient client(WebClient.Builder builder) {
		WebClientStages.attach(builder, this.settings, true);
		return builder.build();
	}

	private ClientSettings settings() {
		PolicyEngine engine = new PolicyEngine("orders", TimeSource.system(), () -> 0L);
		engine
			.apply(new RuleSet("test", List.of(new RuleDefinition<>(this.attempts, "attempt", ProbeRule.any(), "test")),
					EnforcementOverrides.NONE));
		return new ClientSettings(new CallExecution(engine, TimeSource.system(), "orders"), LabelSource.NONE,
				new GovernedHosts(List.of()));
	}

}
