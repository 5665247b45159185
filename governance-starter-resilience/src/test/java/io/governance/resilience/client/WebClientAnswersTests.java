// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.governance.context.LabelSource;
import io.governance.engine.PolicyEngine;
import io.governance.execution.cache.CacheRule;
import io.governance.execution.cache.CacheRuleType;
import io.governance.match.Match;
import io.governance.resilience.execution.CallExecution;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Whose answers {@code WebClient} is given, beyond the contract.
 */
class WebClientAnswersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private final ClientSettings settings = settings();

	@AfterEach
	void close() {
		this.upstream.close();
	}

	@Test
	void whatAFilterInsideAddedCredentialsToIsNotKept() {
		WebClient client = client(WebClient.builder()
			.filter((request, next) -> next
				.exchange(ClientRequest.from(request).headers((headers) -> headers.setBearerAuth("ann")).build())));
		assertThat(get(client)).isEqualTo("ok");
		assertThat(get(client)).isEqualTo("ok");
		assertThat(get(client(WebClient.builder()))).isEqualTo("ok");
		assertThat(this.upstream.requests()).hasSize(3);
	}

	@Test
	void cookiesOfTheRequestTellPrincipalsApart() {
		WebClient client = client(WebClient.builder());
		for (String session : List.of("1", "2", "1")) {
			client.get()
				.uri(this.upstream.uri())
				.cookie("session", session)
				.retrieve()
				.bodyToMono(String.class)
				.block(PATIENCE);
		}
		assertThat(this.upstream.requests()).hasSize(2);
	}

	@Test
	void theErrorOfAnAnswerThatWasKeptNamesTheRequest() {
		this.upstream.script(Reply.status(404));
		WebClient client = client(WebClient.builder());
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(WebClientResponseException.NotFound.class).isThrownBy(() -> get(client))
				.withMessageEndingWith("from GET " + this.upstream.uri());
		}
		assertThat(this.upstream.requests()).hasSize(1);
	}

	@Test
	void aCancelledCallDoesNotFailThoseThatWaitForIt() {
		this.upstream.script(Reply.hang()).otherwise(Reply.ok());
		WebClient client = client(WebClient.builder());
		Disposable first = client.get().uri(this.upstream.uri()).retrieve().bodyToMono(String.class).subscribe();
		assertTimeoutPreemptively(PATIENCE, () -> {
			while (this.upstream.requests().isEmpty()) {
				Thread.onSpinWait();
			}
		});
		CompletableFuture<String> second = client.get()
			.uri(this.upstream.uri())
			.retrieve()
			.bodyToMono(String.class)
			.toFuture();
		first.dispose();
		assertThat(second).succeedsWithin(PATIENCE).isEqualTo("ok");
	}

	@Test
	void ifACallIsCancelledInItsBodyOneOfThoseThatWaitForItIsMade() throws InterruptedException {
		this.upstream.script(Reply.stall(200)).otherwise(Reply.ok());
		WebClient client = client(WebClient.builder());
		CountDownLatch begun = new CountDownLatch(1);
		Disposable first = client.get()
			.uri(this.upstream.uri())
			.retrieve()
			.bodyToFlux(byte[].class)
			.subscribe((some) -> begun.countDown());
		assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
		List<CompletableFuture<String>> others = Stream
			.generate(() -> client.get().uri(this.upstream.uri()).retrieve().bodyToMono(String.class).toFuture())
			.limit(3)
			.toList();
		first.dispose();
		assertThat(others).allSatisfy((other) -> assertThat(other).succeedsWithin(PATIENCE).isEqualTo("ok"));
		assertThat(this.upstream.requests()).hasSize(2);
	}

	private String get(WebClient client) {
		return String
			.valueOf(client.get().uri(this.upstream.uri()).retrieve().bodyToMono(String.class).block(PATIENCE));
	}

	private WebClient client(WebClient.Builder builder) {
		WebClientStages.attach(builder, this.settings, true);
		return builder.build();
	}

	private static ClientSettings settings() {
		PolicyEngine engine = new PolicyEngine("orders", TimeSource.system(), () -> 0L);
		CacheRule rule = new CacheRule(Match.ANY, null, 0, Duration.ofMinutes(5), null, Duration.ofSeconds(30), null,
				null, null, null, false);
		engine.apply(new RuleSet("test", List.of(new RuleDefinition<>(new CacheRuleType(), "all", rule, "test")),
				EnforcementOverrides.NONE));
		return new ClientSettings(new CallExecution(engine, TimeSource.system(), "orders"), LabelSource.NONE,
				new GovernedHosts(List.of()));
	}

}
