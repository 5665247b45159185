// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.governance.engine.Explanation.Other;
import io.governance.engine.Explanation.Step;
import io.governance.execution.retry.RetryRule;
import io.governance.execution.retry.RetryRuleType;
import io.governance.execution.timeout.TimeoutRule;
import io.governance.execution.timeout.TimeoutRuleType;
import io.governance.match.Match;
import io.governance.match.StringMatch;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy.Forecast.Verdict;
import io.governance.policy.Segment;
import io.governance.policy.ratelimit.RateLimitRule;
import io.governance.policy.ratelimit.RateLimitRuleType;
import io.governance.rule.RuleDefinition;
import io.governance.selection.loadbalancing.LoadBalancingRuleType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainTests {

	private static final Set<Segment> ALL = EnumSet.allOf(Segment.class);

	private final EngineTestBed bed = new EngineTestBed();

	private Explanation explain(Call call) {
		return this.bed.engine.explain(call, ALL);
	}

	private static RuleDefinition<RateLimitRule> limit(String id, Match match, Enforcement enforcement, long limit) {
		return new RuleDefinition<>(new RateLimitRuleType(), id, new RateLimitRule(match, enforcement, 0, null, limit,
				Duration.ofMinutes(1), null, null, null, null, false, null, null, null), "application.yml:7");
	}

	private static Match outbound(String path, Map<String, StringMatch> headers) {
		return new Match(Direction.OUTBOUND, null, List.of(), path, List.of(), headers, Map.of(), null, Map.of());
	}

	private static Match outbound() {
		return outbound(null, Map.of());
	}

	@Test
	void namesTheRulesThatApplyInTheOrderOfTheChain() {
		this.bed.apply(
				new RuleDefinition<>(new LoadBalancingRuleType(), "default",
						new LoadBalancingRuleType().defaults().get("default"), "built-in"),
				new RuleDefinition<>(new RetryRuleType(), "r",
						new RetryRule(null, null, 0, 3, null, false, null, null, null, null, null, null), "test"),
				limit("l", outbound(), null, 2), new RuleDefinition<>(new TimeoutRuleType(), "t",
						new TimeoutRule(null, null, 0, Duration.ofSeconds(1), null, null), "test"));
		Explanation explanation = explain(FakeCall.to("inventory").method("POST"));
		assertThat(explanation.steps()).extracting(Step::rule)
			.containsExactly("timeout/t", "rate-limit/l", "retry/r", "load-balancing/default");
		assertThat(explanation.steps()).extracting(Step::state)
			.containsExactly("total=1000ms per-try=none connect=none", "available=2",
					"attempts=3 only-if-not-processed", "peak-ewma");
		assertThat(explanation.outcome().verdict()).isEqualTo(Verdict.ADMIT);
		assertThat(explanation.others()).isEmpty();
	}

	@Test
	void takesNothingHoweverOftenItIsAsked() {
		this.bed.apply(limit("l", outbound(), null, 1));
		for (int i = 0; i < 10; i++) {
			assertThat(explain(FakeCall.to("inventory")).outcome().verdict()).isEqualTo(Verdict.ADMIT);
		}
		this.bed.call();
		assertThat(explain(FakeCall.to("inventory")).outcome().verdict()).isEqualTo(Verdict.REJECT);
		assertThat(this.bed.counted("l", DecisionCounter.ADMITTED)).isEqualTo(1);
		assertThat(this.bed.counted("l", DecisionCounter.REJECTED, "rate-limited")).isZero();
	}

	@Test
	void aRuleInShadowDecidesNothingAndWhatIsBehindARejectionIsNotReached() {
		this.bed.apply(limit("a", outbound(), Enforcement.SHADOW, 1), limit("b", outbound(), null, 1),
				limit("c", outbound(), null, 5));
		this.bed.call();
		Explanation explanation = explain(FakeCall.to("inventory"));
		assertThat(explanation.outcome().rejection().rule()).isEqualTo("rate-limit/b");
		assertThat(explanation.steps()).extracting(Step::reached).containsExactly(true, true, false);
		assertThat(explanation.steps()).extracting((step) -> step.forecast().verdict())
			.containsExactly(Verdict.REJECT, Verdict.REJECT, Verdict.ADMIT);
	}

	@Test
	void saysWhyOtherRulesDoNotApplyAndNoValueOfTheCall() {
		this.bed.apply(limit("off", outbound(), Enforcement.OFF, 1),
				limit("path", outbound("/x/**", Map.of()), null, 1),
				limit("header", outbound("/**", Map.of("authorization", StringMatch.exact("a"))), null, 1),
				limit("elsewhere", new Match(Direction.OUTBOUND, "payments", null, null, null, null, null, null, null),
						null, 1),
				limit("inbound", null, null, 1));
		Explanation explanation = explain(FakeCall.to("inventory").path("/y").header("authorization", "secret"));
		assertThat(explanation.others()).containsExactlyInAnyOrder(new Other("rate-limit/off", "off"),
				new Other("rate-limit/path", "match.path does not hold"),
				new Other("rate-limit/header", "match.headers.authorization does not hold"));
		assertThat(explanation.toString()).doesNotContain("secret");
	}

	@Test
	void saysThatAnotherRuleOfTheTypeApplies() {
		TestAdmissionType type = TestAdmissionType.mostSpecific("type");
		this.bed.apply(type.rule("a", TestRule.of("a")), type.rule("b", TestRule.of("b")));
		assertThat(explain(FakeCall.to("inventory")).others())
			.containsExactly(new Other("type/b", "another type rule applies"));
	}

	@Test
	void rulesThatNothingRunsHereDoNotApply() {
		this.bed.apply(limit("l", outbound(), null, 1));
		Explanation explanation = this.bed.engine.explain(FakeCall.to("inventory"), Set.of(Segment.ATTEMPT));
		assertThat(explanation.steps()).isEmpty();
		assertThat(explanation.others())
			.containsExactly(new Other("rate-limit/l", "not enforced here: no adapter for this side"));
	}

	@Test
	void aPolicyThatFailsLetsTheCallGo() {
		TestAdmissionType type = TestAdmissionType.additive("type").answer("x", (call) -> {
			throw new IllegalStateException("broken");
		});
		this.bed.apply(type.rule("a", TestRule.of("x")));
		Explanation explanation = explain(FakeCall.to("inventory"));
		assertThat(explanation.steps().get(0).state()).isEqualTo("policy failed: IllegalStateException");
		assertThat(explanation.outcome().verdict()).isEqualTo(Verdict.ADMIT);
		assertThat(this.bed.counted("a", DecisionCounter.FAILED)).isZero();
	}

	@Test
	void namesABoundedNumberOfRulesThatDoNotApply() {
		this.bed.apply(IntStream.range(0, 150)
			.mapToObj((i) -> limit("l" + i, outbound("/x", Map.of()), null, 1))
			.toArray(RuleDefinition<?>[]::new));
		assertThat(explain(FakeCall.to("inventory")).others()).hasSize(Explanation.MOST_OTHERS);
	}

}
