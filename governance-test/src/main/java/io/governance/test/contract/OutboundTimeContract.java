// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.Map;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.execution.Deadline;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Outcome;
import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.StuckListener;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deadlines and time-outs.
 */
@SuppressWarnings("try")
interface OutboundTimeContract extends OutboundScenarios {

	@Test
	default void theDeadlineIsHandedOnAndGetsShorter() {
		OutboundClient client = fixture().client();
		try (var scope = until(Duration.ofSeconds(8)).makeCurrent()) {
			OutboundFixture.get(client);
		}
		assertThat(timeoutOf(fixture().one.requests().get(0))).isBetween(1L, 8_000L);
	}

	@Test
	default void theShorterOfRuleAndCallerIsTheDeadline() {
		fixture().timeout(Duration.ofSeconds(4), null);
		OutboundClient client = fixture().client();
		try (var scope = until(Duration.ofSeconds(8)).makeCurrent()) {
			OutboundFixture.get(client);
		}
		assertThat(timeoutOf(fixture().one.requests().get(0))).isBetween(1L, 4_000L);
	}

	@Test
	default void aCallWhoseTimeIsUpIsNotSent() {
		OutboundClient client = fixture().client();
		try (var scope = until(Duration.ZERO).makeCurrent()) {
			assertThat(OutboundFixture.reason(client)).isEqualTo("deadline-exceeded");
		}
		assertThat(fixture().one.requests()).isEmpty();
		assertThat(fixture().callProbe.calls()).isEmpty();
	}

	@Test
	default void aFurtherAttemptGetsOnlyTheTimeThatIsLeft() {
		fixture().timeout(Duration.ofSeconds(10), Duration.ofMillis(700));
		fixture().retry("timeout");
		fixture().one.script(Reply.hang());
		assertThat(OutboundFixture.get(fixture().client()).status()).isEqualTo(200);
		assertThat(timeoutOf(fixture().two.requests().get(0))).isBetween(1L, 700L);
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::kind)
			.containsExactly(Outcome.Kind.TIMEOUT, Outcome.Kind.RESPONSE);
	}

	@Test
	default void aCallThatTakesTooLongIsGivenUpAndSaysHowLongItTook() {
		fixture().timeout(Duration.ofMillis(150), null);
		fixture().retry("timeout", "5xx");
		fixture().one.script(Reply.hang());
		CallRejectedException late = OutboundFixture.rejection(fixture().client());
		assertThat(late).isNotNull()
			.hasMessageContaining(OutboundFixture.SERVICE)
			.hasMessageContaining("timed out")
			.extracting((rejected) -> rejected.rejection().rule())
			.isEqualTo("timeout/test");
		assertThat(fixture().two.requests()).isEmpty();
	}

	@Test
	default void anInstanceThatCannotBeReachedInTimeIsAFailureToConnect() {
		fixture().connectTimeout(Duration.ofMillis(500));
		fixture().retry("connect");
		try (StuckListener gone = StuckListener.open()) {
			OutboundClient client = fixture().client(gone.uri(), fixture().two.uri());
			OutboundClient.Request post = OutboundClient.Request.of("POST", "/items").body("content".getBytes());
			assertThat(client.send(post).status()).isEqualTo(200);
		}
		assertThat(fixture().two.requests()).extracting(ReceivedRequest::body).containsExactly("content");
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::kind)
			.containsExactly(Outcome.Kind.CONNECT_FAILURE, Outcome.Kind.RESPONSE);
	}

	private static CallContext until(Duration left) {
		return new CallContext(Deadline.in(TimeSource.system(), left), 1, Map.of(), null, Priority.DEFAULT);
	}

	private static long timeoutOf(ReceivedRequest request) {
		return Long.parseLong(String.valueOf(request.header("x-governance-timeout-ms")));
	}

}
