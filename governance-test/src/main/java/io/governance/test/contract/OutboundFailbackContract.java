// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.governance.execution.retry.Backoff;
import io.governance.execution.retry.Budget;
import io.governance.execution.retry.FailbackTerms;
import io.governance.execution.retry.RetryRule;
import io.governance.execution.retry.RetryRuleType;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.Reason;
import io.governance.rule.RuleDefinition;
import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What is made again after its caller has gone.
 */
interface OutboundFailbackContract extends OutboundScenarios {

	/** Before anything is made again. */
	Duration SOON = Duration.ofMillis(10);

	private OutboundClient failback(Enforcement enforcement, int attempts, Duration wait) {
		FailbackTerms terms = new FailbackTerms(3, wait, wait, 10, null, null);
		RetryRule rule = new RetryRule(Match.ANY, enforcement, 0, attempts,
				Stream.of("503", "connect").map(OutcomeMatch::parse).toList(), false,
				new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)), new Budget(1.0, 100), Duration.ofSeconds(5),
				1_000L, RetryRule.Then.FAILBACK, terms);
		fixture().write(new RuleDefinition<>(new RetryRuleType(), "later", rule, "test"));
		return fixture().client(fixture().one.uri());
	}

	private void awaitCounted(String decision) {
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			while (fixture().counted("retry", decision) == 0) {
				Thread.onSpinWait();
			}
		});
	}

	private static OutboundClient.Request put() {
		return OutboundClient.Request.of("PUT", "/items").header("x-own", "1").body("the body".getBytes());
	}

	@Test
	default void aCallThatFailedIsAcceptedAndMadeAgainLater() {
		OutboundClient client = failback(Enforcement.ENFORCED, 2, SOON);
		fixture().one.script(Reply.status(503), Reply.status(503), Reply.status(503), Reply.ok());
		assertThat(client.send(put()).status()).isEqualTo(202);
		awaitCounted("failback-succeeded");
		List<ReceivedRequest> requests = fixture().one.requests();
		assertThat(requests).hasSize(4)
			.allSatisfy((request) -> assertThat(request.body()).isEqualTo("the body"))
			.allSatisfy((request) -> assertThat(request.header("x-own")).isEqualTo("1"));
		assertThat(requests.get(2).header("x-governance-attempt")).isEqualTo("2");
		assertThat(requests.get(3).header("x-governance-attempt")).isEqualTo("3");
		assertThat(fixture().counted("retry", "failback-retried")).isEqualTo(2);
		assertThat(fixture().callProbe.held()).isZero();
		assertThat(fixture().attemptProbe.held()).isZero();
	}

	@Test
	default void whatThisSideDidNotSendSinceNobodyIsThereIsMadeLater() {
		OutboundClient client = failback(Enforcement.ENFORCED, 1, Duration.ofMillis(500));
		fixture().callProbe.reject(Reason.CIRCUIT_OPEN);
		OutboundClient.Request post = OutboundClient.Request.of("POST", "/items").body("the body".getBytes());
		assertThat(client.send(post).status()).isEqualTo(202);
		fixture().callProbe.answer(Decision.Admitted::new);
		awaitCounted("failback-succeeded");
		assertThat(fixture().one.requests()).singleElement()
			.satisfies((request) -> assertThat(request.body()).isEqualTo("the body"));
	}

	@Test
	default void whatMayHaveBeenProcessedIsNotMadeAgain() {
		OutboundClient client = failback(Enforcement.ENFORCED, 1, SOON);
		fixture().one.script(Reply.status(503));
		OutboundClient.Request post = OutboundClient.Request.of("POST", "/items").body(new byte[1]);
		assertThat(client.send(post).status()).isEqualTo(503);
		fixture().callProbe.reject(Reason.RATE_LIMITED);
		assertThat(catchThrowable(() -> client.send(put()))).isNotNull();
		assertThat(fixture().counted("retry", "failback-queued")).isZero();
	}

	@Test
	default void whatIsTooLargeToKeepFails() {
		OutboundClient client = failback(Enforcement.ENFORCED, 1, SOON);
		fixture().one.script(Reply.status(503));
		OutboundClient.Request large = OutboundClient.Request.of("PUT", "/items").body(new byte[1_001]);
		assertThat(client.send(large).status()).isEqualTo(503);
		assertThat(fixture().counted("retry", "failback-queued")).isZero();
	}

	@Test
	default void inShadowNothingIsKept() {
		OutboundClient client = failback(Enforcement.SHADOW, 1, SOON);
		fixture().one.script(Reply.status(503));
		assertThat(client.send(put()).status()).isEqualTo(503);
		assertThat(fixture().counted("retry", "failback-queued")).isZero();
	}

}
