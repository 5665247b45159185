// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.execution.cache.CacheRule;
import io.governance.execution.cache.CacheRuleType;
import io.governance.match.Match;
import io.governance.policy.Call.Priority;
import io.governance.policy.Enforcement;
import io.governance.policy.Reason;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.test.Reply;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What is answered without a call, and what is not.
 */
interface OutboundCacheContract extends OutboundScenarios {

	private OutboundClient cached(Enforcement enforcement) {
		CacheRule rule = new CacheRule(Match.ANY, enforcement, 0, Duration.ofMinutes(5), Duration.ofMinutes(5),
				Duration.ofSeconds(30), 100, 100_000L, 1_000L, List.of("accept"), false);
		fixture().write(new RuleDefinition<>(new CacheRuleType(), "items", rule, "test"));
		return fixture().client();
	}

	private OutboundClient.Request as(String user) {
		return OutboundClient.Request.of("GET", "/items").header("Authorization", "Bearer " + user);
	}

	private void awaitCounted(String decision, int times) {
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			while (fixture().counted("cache", decision) < times) {
				Thread.onSpinWait();
			}
		});
	}

	@Test
	default void anAnswerIsGivenAgainWithoutACall() {
		OutboundClient client = cached(Enforcement.ENFORCED);
		fixture().one.script(Reply.status(200).body("first"));
		assertThat(OutboundFixture.get(client).body()).isEqualTo("first");
		fixture().callProbe.reject(Reason.OVERLOADED);
		assertThat(OutboundFixture.get(client)).isEqualTo(new OutboundClient.Answer(200, null, "first", null));
		assertThat(fixture().one.requests()).hasSize(1);
		assertThat(fixture().counted("cache", "hit")).isEqualTo(1);
		assertThat(fixture().counted("cache", "miss")).isEqualTo(1);
	}

	@Test
	default void thatThereIsNothingIsGivenAgainToo() {
		OutboundClient client = cached(Enforcement.ENFORCED);
		fixture().one.script(Reply.status(404).body("none"));
		OutboundFixture.get(client);
		assertThat(OutboundFixture.get(client)).isEqualTo(new OutboundClient.Answer(404, null, "none", null));
		assertThat(fixture().one.requests()).hasSize(1);
	}

	@Test
	default void nobodyGetsTheAnswerOfAnotherPrincipal() {
		OutboundClient client = cached(Enforcement.ENFORCED);
		fixture().one.script(Reply.ok().body("ann's"), Reply.ok().body("bob's"), Reply.ok().body("nobody's"));
		assertThat(client.send(as("ann")).body()).isEqualTo("ann's");
		assertThat(client.send(as("bob")).body()).isEqualTo("bob's");
		assertThat(OutboundFixture.get(client).body()).isEqualTo("nobody's");
		assertThat(client.send(as("ann")).body()).isEqualTo("ann's");
		assertThat(fixture().one.requests()).hasSize(3);
	}

	@Test
	default void requestsThatDifferAreAnsweredApart() {
		OutboundClient client = cached(Enforcement.ENFORCED);
		OutboundFixture.get(client);
		client.send(OutboundClient.Request.of("GET", "/items?page=2"));
		client.send(OutboundClient.Request.of("GET", "/items").header("Accept", "text/csv"));
		client.send(OutboundClient.Request.of("PUT", "/items").body(new byte[1]));
		assertThat(fixture().one.requests()).hasSize(4);
		assertThat(fixture().counted("cache", "bypass")).isEqualTo(1);
	}

	@Test
	default void anAnswerThatItsSenderChoseByAHeaderIsForThatHeader() {
		OutboundClient client = cached(Enforcement.ENFORCED);
		fixture().one
			.otherwise((request) -> Reply.ok().header("Vary", "X-Lane").body("for " + request.header("x-lane")));
		OutboundClient.Request blue = OutboundClient.Request.of("GET", "/items").header("x-lane", "blue");
		OutboundClient.Request red = OutboundClient.Request.of("GET", "/items").header("x-lane", "red");
		assertThat(client.send(blue).body()).isEqualTo("for blue");
		assertThat(client.send(blue).body()).isEqualTo("for blue");
		assertThat(client.send(red).body()).isEqualTo("for red");
		assertThat(fixture().one.requests()).hasSize(2);
	}

	@Test
	default void whatMayNotBeKeptIsCalledForEachTime() {
		OutboundClient client = cached(Enforcement.ENFORCED);
		List<Reply> replies = List.of(Reply.ok().header("Cache-Control", "no-store"),
				Reply.ok().header("Cache-Control", "private"), Reply.ok().header("Cache-Control", "max-age=0"),
				Reply.ok().header("Set-Cookie", "a=b"), Reply.ok().header("Vary", "*"), Reply.status(500),
				Reply.status(200).body(1_001));
		for (int i = 0; i < replies.size(); i++) {
			fixture().one.script(replies.get(i), replies.get(i));
			OutboundClient.Request request = OutboundClient.Request.of("GET", "/items/" + i);
			client.send(request);
			client.send(request);
			assertThat(fixture().one.requests()).as(replies.get(i).headers().toString()).hasSize(2 * (i + 1));
		}
	}

	@Test
	default void ofCallsForTheSameOneIsMade() throws Exception {
		OutboundClient client = cached(Enforcement.ENFORCED);
		CountDownLatch gate = new CountDownLatch(1);
		fixture().one.otherwise((request) -> opened(gate));
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<CompletableFuture<OutboundClient.Answer>> answers = IntStream.range(0, 4)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> OutboundFixture.get(client), threads))
				.toList();
			awaitCounted("miss", 4);
			gate.countDown();
			for (CompletableFuture<OutboundClient.Answer> answer : answers) {
				assertThat(answer.get().body()).isEqualTo("ok");
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(fixture().one.requests()).hasSize(1);
		assertThat(fixture().counted("cache", "shared")).isEqualTo(3);
	}

	@Test
	@SuppressWarnings("try")
	default void whoWaitsForAnotherCallWaitsNoLongerThanItsOwnCaller() throws Exception {
		OutboundClient client = cached(Enforcement.ENFORCED);
		CountDownLatch gate = new CountDownLatch(1);
		fixture().one.otherwise((request) -> opened(gate));
		ExecutorService threads = Executors.newSingleThreadExecutor();
		try {
			CompletableFuture<OutboundClient.Answer> first = CompletableFuture
				.supplyAsync(() -> OutboundFixture.get(client), threads);
			awaitCounted("miss", 1);
			Deadline soon = Deadline.in(TimeSource.system(), Duration.ofMillis(100));
			try (var scope = new CallContext(soon, 1, Map.of(), null, Priority.DEFAULT).makeCurrent()) {
				assertThat(OutboundFixture.reason(client)).isEqualTo("deadline-exceeded");
			}
			gate.countDown();
			assertThat(first.get().body()).isEqualTo("ok");
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(fixture().one.requests()).hasSize(1);
	}

	private Reply opened(CountDownLatch gate) {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return Reply.ok();
	}

	@Test
	default void aCallThatFailsIsNotWaitedForAgain() {
		OutboundClient client = cached(Enforcement.ENFORCED);
		fixture().callProbe.reject(Reason.CIRCUIT_OPEN);
		assertThat(catchThrowable(() -> OutboundFixture.get(client))).isNotNull();
		assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10),
				() -> catchThrowable(() -> OutboundFixture.get(client))))
			.isNotNull();
		assertThat(fixture().callProbe.held()).isZero();
	}

	@Test
	default void aCacheInShadowIsCountedAndDoesNotAnswer() {
		OutboundClient client = cached(Enforcement.SHADOW);
		OutboundFixture.get(client);
		OutboundFixture.get(client);
		assertThat(fixture().one.requests()).hasSize(2);
		assertThat(fixture().counted("cache", "hit")).isEqualTo(1);
	}

	@Test
	default void theKillSwitchPassesTheCacheByAtOnce() {
		OutboundClient client = cached(Enforcement.ENFORCED);
		OutboundFixture.get(client);
		fixture().override(new EnforcementOverrides(Enforcement.ENFORCED, Map.of("cache", Enforcement.OFF)));
		OutboundFixture.get(client);
		assertThat(fixture().one.requests()).hasSize(2);
		fixture().override(EnforcementOverrides.NONE);
		OutboundFixture.get(client);
		assertThat(fixture().one.requests()).hasSize(2);
	}

}
