// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.answer.Answer;
import io.governance.execution.FailureMatch;
import io.governance.execution.FallbackAnswer;
import io.governance.execution.fallback.FallbackRule;
import io.governance.execution.fallback.FallbackRuleType;
import io.governance.execution.fallback.StaticAnswer;
import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Reason;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.test.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What is answered in place of a failure, and when.
 */
interface OutboundFallbackContract extends OutboundScenarios {

	private void fallback(Enforcement enforcement, @Nullable StaticAnswer answer, boolean lastGood,
			@Nullable String bean, String... on) {
		List<FailureMatch> words = Stream.of(on).map(FailureMatch::parse).toList();
		FallbackRule rule = new FallbackRule(Match.ANY, enforcement, 0, words, answer, lastGood, bean,
				Duration.ofMinutes(1), 10, 100_000L, 1_000L, List.of("accept"));
		fixture().write(new RuleDefinition<>(new FallbackRuleType(), "stand-in", rule, "test"));
	}

	private void written(String... on) {
		fallback(Enforcement.ENFORCED, new StaticAnswer(203, "text/plain", "stand-in"), false, null, on);
	}

	private void lastGood() {
		fallback(Enforcement.ENFORCED, null, true, null);
	}

	private OutboundClient.Request as(String user) {
		return OutboundClient.Request.of("GET", "/items").header("Authorization", "Bearer " + user);
	}

	private void assertStandIn(OutboundClient.Answer answer) {
		assertThat(answer).isEqualTo(new OutboundClient.Answer(203, null, "stand-in", "stand-in"));
		assertThat(fixture().counted("fallback", "answered")).isEqualTo(1);
	}

	@Test
	default void aFailedResponseIsReplacedByTheWrittenAnswer() {
		written();
		fixture().one.script(Reply.status(500).body("broken"));
		assertStandIn(OutboundFixture.get(fixture().client()));
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::status).containsExactly(500);
	}

	@Test
	default void aGoodResponseIsNotReplaced() {
		written();
		OutboundClient.Answer answer = OutboundFixture.get(fixture().client());
		assertThat(answer).isEqualTo(new OutboundClient.Answer(200, null, "ok", null));
		assertThat(fixture().counted("fallback", "answered")).isZero();
	}

	@Test
	default void aBrokenConnectionIsAnsweredWhateverTheMethod() {
		written();
		fixture().one.script(Reply.reset());
		assertStandIn(fixture().client().send(OutboundClient.Request.of("POST", "/items").body(new byte[10])));
		assertThat(fixture().attemptProbe.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.RESET);
	}

	@Test
	default void aFailureToConnectIsAnswered() {
		written("connect");
		assertStandIn(OutboundFixture.get(fixture().client(OutboundFixture.deadAddress())));
	}

	@Test
	default void aCallThatIsNotAnsweredInTimeIsAnsweredByTheRule() {
		written("timeout");
		fixture().timeout(Duration.ofMillis(150), null);
		fixture().one.script(Reply.hang());
		assertStandIn(OutboundFixture.get(fixture().client()));
		assertThat(fixture().callProbe.held()).isZero();
	}

	@Test
	default void aCallThatARuleRejectsIsAnswered() {
		written("rate-limited");
		fixture().callProbe.reject(Reason.RATE_LIMITED);
		assertStandIn(OutboundFixture.get(fixture().client()));
		assertThat(fixture().one.requests()).isEmpty();
	}

	@Test
	default void anAttemptThatARuleRejectsIsAnswered() {
		written();
		fixture().attemptProbe.reject(Reason.CIRCUIT_OPEN);
		assertStandIn(OutboundFixture.get(fixture().client()));
		assertThat(fixture().callProbe.held()).isZero();
	}

	@Test
	default void whatIsNotNamedIsNotAnswered() {
		written("503", "circuit-open");
		fixture().one.script(Reply.status(500));
		OutboundClient client = fixture().client();
		assertThat(OutboundFixture.get(client).status()).isEqualTo(500);
		fixture().callProbe.reject(Reason.RATE_LIMITED);
		assertThat(OutboundFixture.reason(client)).isEqualTo("rate-limited");
	}

	@Test
	default void furtherAttemptsComeFirst() {
		fixture().retry("503");
		written();
		fixture().one.script(Reply.status(503));
		OutboundClient client = fixture().client();
		assertThat(OutboundFixture.get(client).body()).isEqualTo("ok");
		fixture().one.script(Reply.status(503));
		fixture().two.script(Reply.status(503));
		assertStandIn(OutboundFixture.get(fixture().client()));
		assertThat(fixture().attemptProbe.releases()).hasSize(4);
	}

	@Test
	default void aFallbackInShadowIsCountedAndDoesNotAnswer() {
		fallback(Enforcement.SHADOW, new StaticAnswer(200, null, "{}"), false, null);
		fixture().one.script(Reply.status(500).body("broken"));
		OutboundClient client = fixture().client();
		assertThat(OutboundFixture.get(client)).isEqualTo(new OutboundClient.Answer(500, null, "broken", null));
		assertThat(fixture().counted("fallback", "answered")).isEqualTo(1);
	}

	@Test
	default void theKillSwitchTakesAFallbackAway() {
		written();
		fixture().one.otherwise(Reply.status(500));
		OutboundClient client = fixture().client();
		assertStandIn(OutboundFixture.get(client));
		fixture().override(new EnforcementOverrides(Enforcement.OFF, Map.of()));
		assertThat(OutboundFixture.get(client).status()).isEqualTo(500);
	}

	@Test
	default void theLastGoodAnswerIsGivenAgain() {
		lastGood();
		fixture().one.script(Reply.status(200).body("good"), Reply.status(500), Reply.reset());
		OutboundClient client = fixture().client();
		assertThat(OutboundFixture.get(client).fallback()).isNull();
		assertThat(OutboundFixture.get(client)).isEqualTo(new OutboundClient.Answer(200, null, "good", "stand-in"));
		fixture().callProbe.reject(Reason.CIRCUIT_OPEN);
		assertThat(OutboundFixture.get(client).body()).isEqualTo("good");
	}

	@Test
	default void anotherRequestHasNoLastGoodAnswer() {
		lastGood();
		OutboundClient client = fixture().client();
		OutboundFixture.get(client);
		fixture().one.otherwise(Reply.status(500));
		assertThat(client.send(OutboundClient.Request.of("GET", "/items?page=2")).status()).isEqualTo(500);
		assertThat(client.send(OutboundClient.Request.of("POST", "/items").body(new byte[1])).status()).isEqualTo(500);
		assertThat(client.send(OutboundClient.Request.of("GET", "/items").header("Accept", "text/csv")).status())
			.isEqualTo(500);
		assertThat(fixture().counted("fallback", "unanswered")).isEqualTo(3);
	}

	@Test
	default void nobodyGetsTheLastGoodAnswerOfAnotherPrincipal() {
		lastGood();
		OutboundClient client = fixture().client();
		client.send(as("ann"));
		fixture().one.otherwise(Reply.status(500));
		assertThat(client.send(as("bob")).status()).isEqualTo(500);
		assertThat(OutboundFixture.get(client).status()).isEqualTo(500);
		assertThat(client.send(OutboundClient.Request.of("GET", "/items").header("Cookie", "session=1")).status())
			.isEqualTo(500);
		assertThat(client.send(as("ann")).body()).isEqualTo("ok");
	}

	@Test
	default void whatTheCalleeWantsNobodyToKeepIsNotKept() {
		lastGood();
		OutboundClient client = fixture().client();
		for (Reply reply : List.of(Reply.ok().header("Cache-Control", "no-store"),
				Reply.ok().header("Cache-Control", "max-age=60, Private"), Reply.ok().header("Set-Cookie", "a=b"),
				Reply.ok().header("Vary", "*"), Reply.status(404).body("none"), Reply.status(200).body(1_001))) {
			fixture().one.script(reply, Reply.status(500));
			OutboundFixture.get(client);
			assertThat(OutboundFixture.get(client).status()).as(reply.headers().toString()).isEqualTo(500);
		}
	}

	@Test
	default void aBodyThatBreaksOffIsNotKept() {
		lastGood();
		fixture().one.script(Reply.broken(200), Reply.status(500));
		OutboundClient client = fixture().client();
		// some clients fail, others take it for the whole
		var unused = catchThrowable(() -> OutboundFixture.get(client));
		assertThat(OutboundFixture.get(client).status()).isEqualTo(500);
	}

	@Test
	default void aBeanAnswersKnowingWhatHappened() {
		FallbackAnswer bean = (call, failure) -> new Answer(200, Map.of(),
				(call.path() + " " + failure.outcome().status()).getBytes(StandardCharsets.UTF_8));
		fixture().beans.put("stand", bean);
		fallback(Enforcement.ENFORCED, null, false, "stand");
		fixture().one.script(Reply.status(502));
		OutboundClient.Answer answer = OutboundFixture.get(fixture().client());
		assertThat(answer).isEqualTo(new OutboundClient.Answer(200, null, "/items 502", "stand-in"));
	}

	@Test
	default void aBeanThatFailsLeavesTheFailureAsItIs() {
		FallbackAnswer bean = (call, failure) -> {
			throw new IllegalStateException("stand-in is away");
		};
		fixture().beans.put("stand", bean);
		fallback(Enforcement.ENFORCED, null, false, "stand");
		fixture().one.script(Reply.status(502).body("broken"));
		assertThat(OutboundFixture.get(fixture().client()).body()).isEqualTo("broken");
		assertThat(fixture().counted("fallback", "bean-failed")).isEqualTo(1);
	}

}
