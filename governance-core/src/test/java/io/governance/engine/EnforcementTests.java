// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.Map;

import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.rule.EnforcementOverrides;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnforcementTests {

	private final EngineTestBed bed = new EngineTestBed();

	private final TestAdmissionType limits = TestAdmissionType.additive("limits")
		.answer("no", TestAdmissionType.rejected());

	private final TestAdmissionType choice = TestAdmissionType.mostSpecific("choice")
		.answer("no", TestAdmissionType.rejected());

	private static EnforcementOverrides type(String type, Enforcement enforcement) {
		return new EnforcementOverrides(Enforcement.ENFORCED, Map.of(type, enforcement));
	}

	@Test
	void shadowIsAskedAndCountedButNeverActs() {
		this.bed.apply(this.limits.rule("a", TestRule.of("no").shadow()));
		assertThat(this.bed.call()).isSameAs(Decision.ADMITTED);
		assertThat(this.bed.counted("a", "rejected", "known")).isEqualTo(1);
		assertThat(this.bed.engine.counters()).singleElement()
			.extracting(DecisionCounter::enforcement)
			.isEqualTo(Enforcement.SHADOW);
	}

	@Test
	void permitOfAShadowIsHeldLikeAnyOther() {
		this.bed.apply(this.limits.rule("a", TestRule.of("yes").shadow()));
		this.limits.takeJournal();
		this.bed.admit().release(TestAdmissionType.ok());
		assertThat(this.limits.takeJournal()).containsExactly("ask yes", "release yes RESPONSE");
	}

	@Test
	void shadowDelaysNobody() {
		this.limits.answer("wait", new Decision.Delayed(this.limits.permit("wait"), 50));
		this.bed.apply(this.limits.rule("a", TestRule.of("wait").shadow()));
		assertThat(this.bed.call()).isInstanceOf(Decision.Admitted.class);
	}

	@Test
	void shadowDoesNotHideTheNextEnforcedRule() {
		this.bed.apply(this.choice.rule("a", TestRule.of("no").path("/x").shadow()),
				this.choice.rule("b", TestRule.of("next").path("/*")), this.choice.rule("c", TestRule.of("last")));
		this.choice.takeJournal();
		assertThat(this.bed.call(FakeCall.to("inventory").path("/x"))).isInstanceOf(Decision.Admitted.class);
		assertThat(this.choice.takeJournal()).containsExactly("ask no", "ask next");
	}

	@Test
	void shadowBehindTheRuleThatAppliesIsNotAsked() {
		this.bed.apply(this.choice.rule("a", TestRule.of("first").path("/x")),
				this.choice.rule("b", TestRule.of("no").shadow()));
		this.choice.takeJournal();
		this.bed.call(FakeCall.to("inventory").path("/x"));
		assertThat(this.choice.takeJournal()).containsExactly("ask first");
	}

	@Test
	void ruleThatIsOffIsNotAskedNotCountedButListed() {
		this.bed.apply(this.choice.rule("a", TestRule.of("no").path("/x").enforcement(Enforcement.OFF)),
				this.choice.rule("b", TestRule.of("next")));
		this.choice.takeJournal();
		this.bed.call(FakeCall.to("inventory").path("/x"));
		assertThat(this.choice.takeJournal()).containsExactly("ask next");
		assertThat(this.bed.engine.counters()).map(DecisionCounter::id).containsExactly("b");
		assertThat(this.bed.effective("a").enforcement()).isEqualTo(Enforcement.OFF);
	}

	@ParameterizedTest(name = "rule {0}, type {1}, all {2}: {3}")
	@CsvSource({ "ENFORCED, ENFORCED, ENFORCED, ENFORCED", "ENFORCED, ENFORCED, SHADOW, SHADOW",
			"ENFORCED, ENFORCED, OFF, OFF", "ENFORCED, SHADOW, ENFORCED, SHADOW", "ENFORCED, OFF, SHADOW, OFF",
			"ENFORCED, SHADOW, OFF, OFF", "SHADOW, ENFORCED, ENFORCED, SHADOW", "SHADOW, OFF, ENFORCED, OFF",
			"OFF, ENFORCED, ENFORCED, OFF", "OFF, SHADOW, ENFORCED, OFF", "OFF, ENFORCED, SHADOW, OFF" })
	void killSwitchesOnlyWeaken(Enforcement rule, Enforcement type, Enforcement all, Enforcement effective) {
		EnforcementOverrides overrides = new EnforcementOverrides(all, Map.of("limits", type));
		assertThat(overrides.effective("limits", rule)).isEqualTo(effective);
		this.bed.apply(overrides, this.limits.rule("a", TestRule.of("no").enforcement(rule)));
		assertThat(this.bed.effective("a").declared()).isEqualTo(rule);
		assertThat(this.bed.effective("a").enforcement()).isEqualTo(effective);
		assertThat(this.bed.call() instanceof Decision.Rejected).isEqualTo(effective == Enforcement.ENFORCED);
	}

	@Test
	void switchOfATypeLeavesTheOthers() {
		this.bed.apply(type("choice", Enforcement.OFF), this.choice.rule("a", TestRule.of("no")),
				this.limits.rule("b", TestRule.of("no")));
		assertThat(((Decision.Rejected) this.bed.call()).rejection().rule()).isEqualTo("limits/b");
	}

	@Test
	void switchIsUndoneAtOnce() {
		this.bed.apply(this.limits.rule("a", TestRule.of("no")));
		assertThat(this.bed.call()).isInstanceOf(Decision.Rejected.class);
		this.bed.apply(EngineTestBed.all(Enforcement.OFF), this.limits.rule("a", TestRule.of("no")));
		assertThat(this.bed.call()).isSameAs(Decision.ADMITTED);
		this.bed.apply(this.limits.rule("a", TestRule.of("no")));
		assertThat(this.bed.call()).isInstanceOf(Decision.Rejected.class);
	}

	@ParameterizedTest
	@CsvSource({ "OFF, OFF, OFF", "OFF, SHADOW, OFF", "OFF, ENFORCED, OFF", "SHADOW, SHADOW, SHADOW",
			"SHADOW, ENFORCED, SHADOW", "ENFORCED, ENFORCED, ENFORCED" })
	void weakerOfTwoWinsBothWays(Enforcement one, Enforcement other, Enforcement weaker) {
		assertThat(one.weaker(other)).isEqualTo(weaker);
		assertThat(other.weaker(one)).isEqualTo(weaker);
	}

}
