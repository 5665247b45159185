// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.execution.timeout.TimeoutRule;
import io.governance.execution.timeout.TimeoutRuleType;
import io.governance.match.Match;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Segment;
import io.governance.policy.circuitbreaker.CircuitBreakerRule.Force;
import io.governance.policy.circuitbreaker.CircuitBreakerRule;
import io.governance.policy.circuitbreaker.CircuitBreakerRuleType;
import io.governance.policy.ratelimit.RateLimitRule;
import io.governance.policy.ratelimit.RateLimitRuleType;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RunningStateTests {

	private final EngineTestBed bed = new EngineTestBed();

	private final TestAdmissionType type = TestAdmissionType.additive("type");

	private static RuleDefinition<CircuitBreakerRule> breaker(Enforcement enforcement) {
		return breaker(enforcement, null);
	}

	private static RuleDefinition<CircuitBreakerRule> breaker(Enforcement enforcement, Force force) {
		return new RuleDefinition<>(new CircuitBreakerRuleType(), "b", new CircuitBreakerRule(null, enforcement, 0,
				null, 50f, null, null, 4, null, null, null, null, null, null, force), "test");
	}

	private static RuleDefinition<RateLimitRule> limit(Match match, long limit) {
		return new RuleDefinition<>(new RateLimitRuleType(), "l", new RateLimitRule(match, null, 0, null, limit,
				Duration.ofMinutes(1), null, null, null, null, false, null, null, null), "test");
	}

	private static RuleDefinition<TimeoutRule> unrelated(int seconds) {
		return new RuleDefinition<>(new TimeoutRuleType(), "t",
				new TimeoutRule(null, null, 0, Duration.ofSeconds(seconds), null, null), "test");
	}

	private Decision attempt() {
		return this.bed.engine.tryAcquire(Segment.ATTEMPT, FakeCall.to("inventory"));
	}

	private Decision inbound() {
		return this.bed.engine.tryAcquire(Segment.EDGE, FakeCall.at("orders"));
	}

	private void openBreaker() {
		for (int i = 0; i < 4; i++) {
			((Decision.Admitted) attempt()).permit().release(Outcome.response(503, false, 1));
		}
		assertThat(attempt()).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void equalRuleKeepsItsPolicyThoughItsOriginIsAnother() {
		this.bed.apply(this.type.rule("a", TestRule.of("x")));
		this.bed.call();
		this.bed.apply(new RuleDefinition<>(this.type, "a", TestRule.of("x"), "release 7"));
		this.bed.call();
		assertThat(this.type.takeJournal()).filteredOn((line) -> line.startsWith("new ")).hasSize(1);
		assertThat(this.bed.effective("a").state()).isEqualTo("calls=2");
		assertThat(this.bed.effective("a").origin()).isEqualTo("release 7");
		assertThat(this.bed.effective("a").revision()).isEqualTo("r2");
	}

	@Test
	void openBreakerStaysOpenThroughAnUnrelatedChange() {
		this.bed.apply(breaker(null), unrelated(1));
		openBreaker();
		this.bed.apply(breaker(null), unrelated(2), limit(null, 5));
		assertThat(attempt()).isInstanceOf(Decision.Rejected.class);
		assertThat(this.bed.effective("b").state()).isEqualTo("inventory=OPEN");
	}

	@Test
	void breakerThatWasOffOrInShadowKnowsWhatItKnew() {
		this.bed.apply(breaker(Enforcement.ENFORCED));
		openBreaker();
		this.bed.apply(breaker(Enforcement.SHADOW));
		assertThat(attempt()).isSameAs(Decision.ADMITTED);
		this.bed.apply(breaker(Enforcement.OFF));
		assertThat(attempt()).isSameAs(Decision.ADMITTED);
		this.bed.apply(EngineTestBed.all(Enforcement.OFF), breaker(Enforcement.ENFORCED));
		assertThat(attempt()).isSameAs(Decision.ADMITTED);
		this.bed.apply(breaker(Enforcement.ENFORCED));
		assertThat(attempt()).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void forcedBreakerKnowsAfterwardsWhatItKnewAndShowsItAllAlong() {
		this.bed.apply(breaker(null));
		openBreaker();
		RuleState shown = this.bed.engine.states().get(0);
		this.bed.apply(breaker(null, Force.CLOSED));
		assertThat(attempt()).isSameAs(Decision.ADMITTED);
		assertThat(this.bed.effective("b").state()).isEqualTo("forced closed inventory=OPEN");
		assertThat(this.bed.engine.states()).containsExactly(shown);
		this.bed.apply(breaker(null));
		assertThat(attempt()).isInstanceOf(Decision.Rejected.class);
		assertThat(this.bed.engine.states()).containsExactly(shown);
		assertThat(shown.is("inventory", "open")).isTrue();
	}

	@Test
	void forceOfASetThatCannotBeCompiledForcesNothing() {
		this.bed.apply(breaker(null));
		RuleDefinition<TestRule> broken = this.type.rule("a", TestRule.of("x").path("no pattern"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.bed.apply(breaker(null, Force.OPEN), broken));
		assertThat(attempt()).isInstanceOf(Decision.Admitted.class);
	}

	@Test
	void permitFromBeforeAChangeCountsInTheBreakerThatIsKept() {
		this.bed.apply(breaker(null));
		List<Decision> underway = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			underway.add(attempt());
		}
		this.bed.apply(breaker(null), unrelated(2));
		underway
			.forEach((decision) -> ((Decision.Admitted) decision).permit().release(Outcome.response(500, false, 1)));
		assertThat(attempt()).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void usedTokensStayUsedWhenTheMatchChanges() {
		this.bed.apply(limit(null, 2));
		inbound();
		inbound();
		this.bed.apply(limit(Matches.path("/**"), 2));
		assertThat(inbound()).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void changedLimitStartsAnew() {
		this.bed.apply(limit(null, 1));
		inbound();
		assertThat(inbound()).isInstanceOf(Decision.Rejected.class);
		this.bed.apply(limit(null, 2));
		assertThat(inbound()).isSameAs(Decision.ADMITTED);
		assertThat(inbound()).isSameAs(Decision.ADMITTED);
		assertThat(inbound()).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void sameIdInAnotherTypeIsAnotherRule() {
		TestAdmissionType other = TestAdmissionType.additive("other");
		this.bed.apply(this.type.rule("a", TestRule.of("x")));
		this.bed.call();
		this.bed.apply(other.rule("a", TestRule.of("x")));
		assertThat(other.takeJournal()).containsExactly("new other/a");
		assertThat(this.bed.effective("a").state()).isEqualTo("calls=0");
	}

	@Test
	void removedRuleForgets() {
		this.bed.apply(this.type.rule("a", TestRule.of("x")));
		this.bed.call();
		this.bed.apply();
		assertThat(this.bed.call()).isSameAs(Decision.ADMITTED);
		assertThat(this.bed.engine.counters()).isEmpty();
		this.bed.apply(this.type.rule("a", TestRule.of("x")));
		assertThat(this.bed.effective("a").state()).isEqualTo("calls=0");
	}

	@Test
	void countersSurviveEveryChangeOfTheRule() {
		this.bed.apply(this.type.rule("a", TestRule.of("x")));
		this.bed.call();
		this.bed.apply(this.type.rule("a", TestRule.of("x").path("/**")));
		this.bed.call();
		this.bed.apply(this.type.rule("a", TestRule.of("y")));
		this.bed.call();
		assertThat(this.bed.counted("a", "admitted")).isEqualTo(3);
		assertThat(this.bed.counted("a", "event")).isEqualTo(3);
	}

	@Test
	void countersAreThereAgainWhenAKillSwitchIsUndone() {
		RuleDefinition<TestRule> rule = this.type.rule("a", TestRule.of("x"));
		this.bed.apply(rule);
		this.bed.call();
		DecisionCounter enforced = this.bed.engine.counters().get(0);
		this.bed.apply(EngineTestBed.all(Enforcement.SHADOW), rule);
		this.bed.call();
		this.bed.call();
		assertThat(this.bed.counted("a", "admitted")).isEqualTo(2);
		this.bed.apply(EngineTestBed.all(Enforcement.OFF), rule);
		this.bed.apply(rule);
		assertThat(this.bed.engine.counters()).containsExactly(enforced);
		this.bed.call();
		assertThat(this.bed.counted("a", "admitted")).isEqualTo(2);
		this.bed.apply(EngineTestBed.all(Enforcement.SHADOW), rule);
		assertThat(this.bed.counted("a", "admitted")).isEqualTo(2);
	}

	@Test
	void setThatCannotBeCompiledChangesNothing() {
		this.bed.apply(limit(null, 1));
		RuleDefinition<TestRule> broken = this.type.rule("a", TestRule.of("x").path("no pattern"));
		RuleSet set = new RuleSet("broken", List.of(limit(null, 5), broken), EngineTestBed.all(Enforcement.OFF));
		assertThatIllegalArgumentException().isThrownBy(() -> this.bed.engine.apply(set));
		assertThat(this.bed.engine.revision()).isEqualTo("r1");
		inbound();
		assertThat(inbound()).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void listenersHearOfEveryChangeAfterIt() {
		List<String> heard = new ArrayList<>();
		this.bed.engine.onChange(() -> heard.add(this.bed.engine.revision()));
		this.bed.apply();
		this.bed.apply(this.type.rule("a", TestRule.of("x")));
		assertThat(heard).containsExactly("r1", "r2");
	}

	@Test
	void unknownEventIsAMistakeOfThePolicy() {
		this.bed.apply(this.type.rule("a", TestRule.of("x")));
		DecisionCounter counter = this.bed.engine.counters().get(0);
		assertThatIllegalArgumentException().isThrownBy(() -> counter.event("typo"))
			.withMessage("event: typo (expected: one of the events of type)");
	}

}
