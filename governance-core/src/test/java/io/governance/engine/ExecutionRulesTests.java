// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.time.Duration;

import io.governance.execution.ExecutionPlan;
import io.governance.execution.retry.RetryRule;
import io.governance.execution.retry.RetryRuleType;
import io.governance.match.Match;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Segment;
import io.governance.rule.RuleDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionRulesTests {

	private final EngineTestBed bed = new EngineTestBed();

	private final TestExecutionType type = new TestExecutionType();

	private @Nullable Duration total(FakeCall call) {
		return this.bed.engine.plan(call).total();
	}

	private static Duration millis(long millis) {
		return Duration.ofMillis(millis);
	}

	@Test
	void withoutRulesTheCallIsPlain() {
		assertThat(this.bed.engine.plan(FakeCall.to("inventory"))).isSameAs(ExecutionPlan.PLAIN);
	}

	@Test
	void mostSpecificRuleMakesThePlan() {
		this.bed.apply(this.type.rule("a", TestRule.of("10")), this.type.rule("b", TestRule.of("20").path("/x/**")),
				this.type.builtIn());
		assertThat(total(FakeCall.to("inventory").path("/x/1"))).isEqualTo(millis(20));
		assertThat(total(FakeCall.to("inventory"))).isEqualTo(millis(10));
	}

	@Test
	void builtInRuleHoldsWhereTheUserWroteNone() {
		this.bed.apply(this.type.builtIn(), this.type.rule("a", TestRule.of("10").match(Match.service("payments"))));
		assertThat(total(FakeCall.to("payments"))).isEqualTo(millis(10));
		assertThat(total(FakeCall.to("inventory"))).isEqualTo(millis(1));
		assertThat(this.bed.effective("default").origin()).isEqualTo("built-in");
	}

	@Test
	void differentTypesAddUp() {
		TestAdmissionType admission = TestAdmissionType.additive("admission");
		this.bed.apply(this.type.rule("a", TestRule.of("10")), admission.rule("b", TestRule.of("x")),
				new RuleDefinition<>(new RetryRuleType(), "r",
						new RetryRule(null, null, 0, null, null, false, null, null, null, null, null, null), "test"));
		ExecutionPlan plan = this.bed.engine.plan(FakeCall.to("inventory"));
		assertThat(plan.total()).isEqualTo(millis(10));
		assertThat(plan.retry()).isNotNull();
		assertThat(admission.takeJournal()).doesNotContain("ask x");
	}

	@Test
	void executionRulesAreNoPartOfAdmission() {
		this.bed.apply(this.type.rule("a", TestRule.of("10")));
		assertThat(this.bed.engine.tryAcquire(Segment.CALL, FakeCall.to("inventory"))).isSameAs(Decision.ADMITTED);
	}

	@Test
	void sidesAreKeptApart() {
		this.bed.apply(this.type.rule("a", TestRule.of("10")),
				this.type.rule("b", TestRule.of("20").match(Matches.inbound())));
		assertThat(total(FakeCall.to("inventory"))).isEqualTo(millis(10));
		assertThat(total(FakeCall.at("orders"))).isEqualTo(millis(20));
	}

	@Test
	void shadowIsCountedAndDoesNotHideTheNextRule() {
		this.bed.apply(this.type.rule("a", TestRule.of("10").path("/x").shadow()),
				this.type.rule("b", TestRule.of("20")));
		assertThat(total(FakeCall.to("inventory").path("/x"))).isEqualTo(millis(20));
		assertThat(this.bed.counted("a", "applied")).isEqualTo(1);
		assertThat(this.bed.counted("b", "applied")).isEqualTo(1);
	}

	@Test
	void ruleThatIsOffLetsTheNextOneApply() {
		this.bed.apply(this.type.rule("a", TestRule.of("10").path("/x").enforcement(Enforcement.OFF)),
				this.type.rule("b", TestRule.of("20")));
		assertThat(total(FakeCall.to("inventory").path("/x"))).isEqualTo(millis(20));
	}

	@Test
	void policyThatThrowsDoesNotBreakTheCall() {
		this.bed.apply(this.type.rule("a", TestRule.of("fail")));
		assertThat(this.bed.engine.plan(FakeCall.to("inventory"))).isSameAs(ExecutionPlan.PLAIN);
		assertThat(this.bed.counted("a", "failed")).isEqualTo(1);
		assertThat(this.bed.counted("a", "applied")).isZero();
	}

}
