// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.fallback;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.answer.KeptCall;
import io.governance.execution.CallFailure;
import io.governance.execution.ExecutionPlan;
import io.governance.execution.FailureMatch;
import io.governance.execution.Fallback;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FallbackPolicyTests {

	private static final Call CALL = KeptCall.get("http://inventory/items");

	private static final CallFailure BROKEN = new CallFailure(Outcome.response(503, false, 1), null);

	private final ManualTimeSource time = new ManualTimeSource();

	private final TestContext context = new TestContext("fallback/stand-in", this.time);

	private final FallbackRuleType type = new FallbackRuleType();

	private static FallbackRule written(String... on) {
		return new FallbackRule(null, null, 0, Stream.of(on).map(FailureMatch::parse).toList(),
				new StaticAnswer(null, null, "{}"), false, null, null, null, null, null, null);
	}

	private static FallbackRule lastGood(Duration maxAge, int maxEntries) {
		return new FallbackRule(null, null, 0, null, null, true, null, maxAge, maxEntries, null, null, null);
	}

	private FallbackPolicy policy(FallbackRule rule) {
		return (FallbackPolicy) this.type.newPolicy(rule, this.context.context());
	}

	private static boolean answers(FallbackRule rule, Outcome.Kind kind, @Nullable Reason reason, Throwable error) {
		Rejection rejection = (reason != null) ? Rejection.of(reason) : null;
		FallbackPolicy policy = (FallbackPolicy) new FallbackRuleType().newPolicy(rule,
				new TestContext("fallback/a", new ManualTimeSource()).context());
		return policy.insteadOf(CALL, new CallFailure(Outcome.failure(kind, error, 1), rejection)) != null;
	}

	private static void good(Fallback fallback) {
		AnswerCopy copy = Objects
			.requireNonNull(fallback.copyOf(CALL, new AnswerHead(200, Map.of("X-Own", List.of("1")))));
		copy.write("good".getBytes(), 0, 4);
		copy.complete();
	}

	@Test
	void endingsAreTheWordsOfTheRule() {
		IOException error = new IOException("gone");
		Outcome.Kind rejected = Outcome.Kind.REJECTED;
		assertThat(answers(written("rejected"), rejected, Reason.CIRCUIT_OPEN, error)).isTrue();
		assertThat(answers(written("Circuit-Open"), rejected, Reason.CIRCUIT_OPEN, error)).isTrue();
		assertThat(answers(written("rate-limited"), rejected, Reason.CIRCUIT_OPEN, error)).isFalse();
		assertThat(answers(written("5xx"), rejected, Reason.CIRCUIT_OPEN, error)).isFalse();
		assertThat(answers(written("timeout"), Outcome.Kind.TIMEOUT, Reason.DEADLINE_EXCEEDED, error)).isTrue();
		assertThat(answers(written("deadline-exceeded"), Outcome.Kind.TIMEOUT, Reason.DEADLINE_EXCEEDED, error))
			.isTrue();
		assertThat(answers(written("reset"), Outcome.Kind.RESET, null, error)).isTrue();
		assertThat(answers(written("rejected"), Outcome.Kind.RESET, null, error)).isFalse();
		assertThat(answers(written("reset", "except:java.io.IOException"), Outcome.Kind.RESET, null, error)).isFalse();
	}

	@Test
	void whatTheCallerGaveUpIsNeverAnswered() {
		assertThat(answers(written("rejected", "error", "reset", "exception:java.lang.Throwable"),
				Outcome.Kind.CANCELLED, Reason.RATE_LIMITED, new IOException("closed")))
			.isFalse();
	}

	@Test
	void theAnswerSaysWhoGaveItAndHasNoBodyForHead() {
		FallbackPolicy policy = policy(written());
		Answer answer = Objects.requireNonNull(policy.insteadOf(CALL, BROKEN));
		assertThat(answer.headers()).containsEntry("X-Governance-Fallback", List.of("stand-in"))
			.containsEntry("Content-Type", List.of("application/json"));
		Answer head = Objects
			.requireNonNull(policy.insteadOf(KeptCall.get("http://inventory/items").method("HEAD"), BROKEN));
		assertThat(head.body()).isEmpty();
		assertThat(this.context.counted("answered")).isEqualTo(2);
	}

	@Test
	void aLastGoodAnswerTellsItsAgeAndEnds() {
		FallbackPolicy policy = policy(lastGood(Duration.ofSeconds(10), 10));
		good(policy);
		this.time.advance(Duration.ofSeconds(10));
		Answer answer = Objects.requireNonNull(policy.insteadOf(CALL, BROKEN));
		assertThat(new String(answer.body())).isEqualTo("good");
		assertThat(answer.headers()).containsEntry("age", List.of("10")).containsKey("x-own");
		this.time.advance(Duration.ofNanos(1));
		assertThat(policy.insteadOf(CALL, BROKEN)).isNull();
		assertThat(policy.state()).startsWith("entries=0 ");
		assertThat(this.context.counted("unanswered")).isEqualTo(1);
	}

	@Test
	void lastGoodAnswersOutliveAChangeThatDoesNotConcernThem() {
		FallbackRule before = lastGood(Duration.ofSeconds(10), 10);
		FallbackPolicy policy = policy(before);
		good(policy);
		FallbackRule longer = lastGood(Duration.ofHours(1), 10);
		FallbackPolicy next = (FallbackPolicy) this.type.inherit(policy, before, longer, this.context.context());
		this.time.advance(Duration.ofMinutes(1));
		assertThat(next.insteadOf(CALL, BROKEN)).isNotNull();
		FallbackPolicy other = (FallbackPolicy) this.type.inherit(next, longer, lastGood(Duration.ofHours(1), 11),
				this.context.context());
		assertThat(other.insteadOf(CALL, BROKEN)).isNull();
	}

	@Test
	void inShadowItKeepsAndCountsAndNeverAnswers() {
		FallbackPolicy policy = policy(lastGood(Duration.ofSeconds(10), 10));
		Fallback shadow = policy.shadow(CALL, ExecutionPlan.PLAIN).fallbacks().get(0);
		good(shadow);
		assertThat(shadow.insteadOf(CALL, BROKEN)).isNull();
		assertThat(this.context.counted("answered")).isEqualTo(1);
	}

	@Test
	void aBeanThatIsNotThereLeavesTheFailureAsItIs() {
		FallbackRule rule = new FallbackRule(null, null, 0, null, null, false, "away", null, null, null, null, null);
		assertThat(policy(rule).insteadOf(CALL, BROKEN)).isNull();
		assertThat(this.context.counted("unanswered")).isEqualTo(1);
	}

}
