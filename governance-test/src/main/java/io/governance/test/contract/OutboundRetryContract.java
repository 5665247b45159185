// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.execution.retry.Budget;
import io.governance.policy.Outcome;
import io.governance.test.FakeInstances;
import io.governance.test.Reply;
import io.governance.test.ReceivedRequest;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * When a further attempt is made, and where it goes.
 */
@SuppressWarnings("try")
interface OutboundRetryContract extends OutboundScenarios {

	OutboundClient.Request POST = OutboundClient.Request.of("POST", "/items").body("content".getBytes());

	OutboundClient.Request PUT = OutboundClient.Request.of("PUT", "/items").body("content".getBytes());

	@Test
	default void aPostIsNotRetriedAfterAnUnclearStatus() {
		fixture().retry("503", "reset");
		fixture().one.script(Reply.status(503));
		assertThat(fixture().client().send(POST).status()).isEqualTo(503);
		assertThat(fixture().one.requests()).hasSize(1);
		assertThat(fixture().two.requests()).isEmpty();
	}

	@Test
	default void aPostIsNotRetriedAfterABrokenConnection() {
		fixture().retry("503", "reset");
		fixture().one.script(Reply.reset());
		OutboundClient client = fixture().client();
		assertThat(catchThrowable(() -> client.send(POST))).isNotNull();
		assertThat(fixture().one.requests()).hasSize(1);
		assertThat(fixture().two.requests()).isEmpty();
	}

	@Test
	default void aPostIsRetriedAfterAFailureToConnect() {
		fixture().retry("connect");
		OutboundClient client = fixture().client(OutboundFixture.deadAddress(), fixture().two.uri());
		assertThat(client.send(POST).status()).isEqualTo(200);
		assertThat(fixture().two.requests()).extracting(ReceivedRequest::body).containsExactly("content");
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::kind)
			.containsExactly(Outcome.Kind.CONNECT_FAILURE, Outcome.Kind.RESPONSE);
		assertThat(fixture().callProbe.releases()).hasSize(1);
	}

	@Test
	default void aPostIsRetriedWhenTheCalleeDidNothing() {
		fixture().retry("not-processed");
		fixture().one.script(Reply.status(503).header("x-governance-not-processed", "true").body("busy"));
		assertThat(fixture().client().send(POST).status()).isEqualTo(200);
		assertThat(fixture().two.requests()).extracting(ReceivedRequest::body).containsExactly("content");
	}

	@Test
	default void aPutIsRetriedAfterABrokenConnection() {
		fixture().retry("reset");
		fixture().one.script(Reply.reset());
		assertThat(fixture().client().send(PUT).status()).isEqualTo(200);
		assertThat(fixture().two.requests()).extracting(ReceivedRequest::body).containsExactly("content");
	}

	@Test
	default void aFurtherAttemptGoesToAnotherInstance() {
		fixture().retry("503");
		fixture().one.script(Reply.status(503));
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(200);
		assertThat(fixture().picks()).extracting(FakeInstances.Pick::instance)
			.containsExactly(fixture().one.uri(), fixture().two.uri());
	}

	@Test
	default void anAnswerThatNobodyReadsIsNotWaitedFor() {
		fixture().timeout(Duration.ofMinutes(1), null);
		fixture().retry("503");
		fixture().one.script(Reply.stall(503));
		OutboundClient client = fixture().client();
		assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> OutboundFixture.get(client).status()))
			.isEqualTo(200);
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::status).containsExactly(503, 200);
	}

	@Test
	default void theLastAttemptsAnswerIsTheAnswer() {
		fixture().retry("503");
		fixture().one.script(Reply.status(503));
		fixture().two.script(Reply.status(503).header("Retry-After", "7"));
		OutboundClient.Answer answer = OutboundFixture.get(fixture().client());
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.retryAfter()).isEqualTo("7");
	}

	@Test
	default void headersAreNotDoubledOnAFurtherAttempt() {
		fixture().retry("503");
		fixture().one.script(Reply.status(503));
		fixture().client().send(OutboundClient.Request.of("GET", "/items").header("x-user", "ann"));
		ReceivedRequest second = fixture().two.requests().get(0);
		assertThat(second.header("x-user")).isEqualTo("ann");
		assertThat(second.header("x-governance-attempt")).isEqualTo("2");
		assertThat(second.header("x-governance-caller")).isEqualTo("orders");
		assertThat(second.header("x-governance-priority")).isEqualTo("default");
		assertThat(fixture().one.requests().get(0).header("x-governance-attempt")).isEqualTo("1");
	}

	@Test
	default void aSpentBudgetEndsRetries() {
		fixture().retry(new Budget(0.0, 0), "503");
		fixture().one.script(Reply.status(503));
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(503);
		assertThat(fixture().two.requests()).isEmpty();
		assertThat(fixture().counted("retry", "budget-exhausted")).isEqualTo(1);
	}

	@Test
	default void aCalleeThatAsksForALongWaitIsNotTriedAgain() {
		fixture().retry("503");
		fixture().one.script(Reply.status(503).header("Retry-After", "3600"));
		assertThat(OutboundFixture.get(fixture().client()).retryAfter()).isEqualTo("3600");
		assertThat(fixture().two.requests()).isEmpty();
		assertThat(fixture().counted("retry", "retry-after-exceeded")).isEqualTo(1);
	}

	@Test
	default void aCalleeThatAsksForNoWaitIsTriedAgain() {
		fixture().retry("503");
		fixture().one.script(Reply.status(503).header("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"));
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(200);
		assertThat(fixture().two.requests()).hasSize(1);
	}

	@Test
	default void aFailureThatWasRetriedBehindTheCalleeIsNotRetried() {
		fixture().retry("503");
		fixture().one.script(Reply.status(503).header("x-governance-retried", "true"));
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(503);
		assertThat(fixture().two.requests()).isEmpty();
		assertThat(fixture().counted("retry", "retried-behind")).isEqualTo(1);
	}

	@Test
	default void retriesOfRetriesAreRefused() {
		fixture().retry("503");
		fixture().one.script(Reply.status(503));
		OutboundClient client = fixture().client();
		try (var scope = new CallContext(null, 2, Map.of(), null, Priority.DEFAULT).makeCurrent()) {
			assertThat(OutboundFixture.get(client).status()).isEqualTo(503);
		}
		assertThat(fixture().two.requests()).isEmpty();
		assertThat(fixture().one.requests()).extracting((request) -> request.header("x-governance-attempt"))
			.isEqualTo(List.of("2"));
	}

}
