// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.time.Duration;
import java.util.Map;

import io.governance.match.Match;
import io.governance.observation.TraceHead;
import io.governance.observation.TraceVerdict;
import io.governance.observation.loglevel.LogLevelRule;
import io.governance.observation.loglevel.LogLevelRuleType;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Segment;
import io.governance.rule.RuleDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ObservationRulesTests {

	private static final TraceHead HEAD = TraceHead.none(0.1);

	private final EngineTestBed bed = new EngineTestBed();

	private final TestTraceType type = new TestTraceType();

	private @Nullable TraceVerdict verdict(String path) {
		return this.bed.engine.observe(FakeCall.at("orders").path(path), HEAD).verdict();
	}

	@Test
	void withoutRulesNothingIsDecided() {
		assertThat(verdict("/")).isNull();
		assertThat(this.bed.engine.observe(null, HEAD).verdict()).isNull();
		this.bed.engine.observe(null, HEAD).ended(Outcome.response(200, false, 1));
	}

	@Test
	void mostSpecificRuleDecides() {
		this.bed.apply(this.type.rule("a", TestRule.of("SAMPLED").path("/x/**")),
				this.type.rule("b", TestRule.of("NOT_SAMPLED")));
		assertThat(verdict("/x/1")).isEqualTo(TraceVerdict.SAMPLED);
		assertThat(verdict("/y")).isEqualTo(TraceVerdict.NOT_SAMPLED);
		assertThat(this.bed.counted("a", "sampled")).isEqualTo(1);
		assertThat(this.bed.counted("b", "not-sampled")).isEqualTo(1);
		assertThat(this.bed.effective("a").state()).isEqualTo("state of SAMPLED");
	}

	@Test
	void shadowIsCountedAndLeavesTheDecisionToTheNext() {
		this.bed.apply(this.type.rule("a", TestRule.of("SAMPLED").path("/x").shadow()),
				this.type.rule("b", TestRule.of("CAPPED")));
		assertThat(verdict("/x")).isEqualTo(TraceVerdict.CAPPED);
		assertThat(this.bed.counted("a", "sampled")).isEqualTo(1);
		this.bed.apply(this.type.rule("a", TestRule.of("SAMPLED").shadow()));
		assertThat(verdict("/x")).isNull();
	}

	@Test
	void killSwitchLeavesNothingDecided() {
		this.bed.apply(EngineTestBed.all(Enforcement.OFF), this.type.rule("a", TestRule.of("SAMPLED")));
		assertThat(verdict("/x")).isNull();
		assertThat(this.bed.effective("a").enforcement()).isEqualTo(Enforcement.OFF);
	}

	@Test
	void tracesThatNoCallBeganAreDecidedByRulesForEveryCall() {
		this.bed.apply(this.type.rule("a", TestRule.of("SAMPLED").path("/x")),
				this.type.rule("b", TestRule.of("SAMPLED").match(Matches.methods("GET"))),
				this.type.rule("c", TestRule.of("DEBUG").match(Match.service("orders")).shadow()),
				this.type.rule("d", TestRule.of("CAPPED").path("/**")),
				this.type.rule("e", TestRule.of("NOT_SAMPLED")));
		assertThat(this.bed.engine.observe(null, HEAD).verdict()).isEqualTo(TraceVerdict.CAPPED);
		assertThat(this.bed.counted("c", "debug")).isEqualTo(1);
		assertThat(this.bed.counted("e", "not-sampled")).isZero();
	}

	@Test
	void rulesOfOtherServicesDecideNothing() {
		this.bed.apply(this.type.rule("a", TestRule.of("SAMPLED").match(Match.service("payments"))));
		assertThat(verdict("/")).isNull();
		assertThat(this.bed.engine.effectiveRules()).isEmpty();
	}

	@Test
	void rulesLearnHowTheCallEnded() {
		this.bed.apply(this.type.rule("a", TestRule.of("SAMPLED").path("/x").shadow()),
				this.type.rule("b", TestRule.of("CAPPED")));
		this.bed.engine.observe(FakeCall.at("orders").path("/x"), HEAD).ended(Outcome.response(500, false, 1));
		assertThat(this.type.journal).containsExactly("SAMPLED 500", "CAPPED 500");
	}

	@Test
	void policyThatThrowsIsCountedAndDecidesNothing() {
		this.bed.apply(this.type.rule("a", TestRule.of("fail")));
		assertThat(verdict("/")).isNull();
		assertThat(this.bed.counted("a", "failed")).isEqualTo(1);
		this.bed.engine.observe(FakeCall.at("orders"), HEAD).ended(Outcome.response(599, false, 1));
		assertThat(this.bed.counted("a", "failed")).isEqualTo(3);
	}

	@Test
	void observationRulesAdmitAndPlanNothing() {
		this.bed.apply(this.type.rule("a", TestRule.of("NOT_SAMPLED")));
		assertThat(this.bed.engine.tryAcquire(Segment.HEAD, FakeCall.at("orders"))).isSameAs(Decision.ADMITTED);
		assertThat(this.bed.engine.logLevels()).isEmpty();
	}

	@Test
	void equalRuleKeepsItsLogLevelsTime() {
		this.bed.apply(logs("a", level(Match.ANY, Enforcement.ENFORCED, 0)));
		this.bed.time.advanceSeconds(40);
		this.bed.apply(logs("a", level(Match.service("orders"), Enforcement.ENFORCED, 7)));
		assertThat(this.bed.engine.logLevels()).singleElement().satisfies((wanted) -> {
			assertThat(wanted.rule()).isEqualTo("log-level/a");
			assertThat(wanted.levels()).isEqualTo(Map.of("com.acme", "DEBUG"));
			assertThat(wanted.remainingNanos()).isEqualTo(Duration.ofSeconds(20).toNanos());
			assertThat(wanted.untilMillis()).isEqualTo(60_000);
		});
		this.bed.time.advanceSeconds(20);
		assertThat(this.bed.engine.logLevels()).isEmpty();
		assertThat(this.bed.counted("a", "raised")).isEqualTo(1);
		assertThat(this.bed.counted("a", "returned")).isEqualTo(1);
		assertThat(this.bed.effective("a").state()).isEqualTo("returned at 1970-01-01T00:01:00Z");
	}

	@Test
	void logLevelsOfShadowsAndOfOtherServicesAreNotWanted() {
		this.bed.apply(logs("a", level(Match.ANY, Enforcement.SHADOW, 0)),
				logs("b", level(Match.service("payments"), Enforcement.ENFORCED, 0)),
				logs("c", level(Match.ANY, Enforcement.OFF, 0)));
		assertThat(this.bed.engine.logLevels()).isEmpty();
		assertThat(this.bed.counted("a", "raised")).isEqualTo(1);
	}

	@Test
	void logLevelsComeInTheOrderOfTheirRules() {
		this.bed.apply(logs("a", level(Match.ANY, Enforcement.ENFORCED, 0)),
				logs("b", level(Match.ANY, Enforcement.ENFORCED, 1)),
				logs("c", level(Match.service("orders"), Enforcement.ENFORCED, 0)));
		assertThat(this.bed.engine.logLevels()).extracting(ActiveLogLevels::rule)
			.containsExactly("log-level/c", "log-level/b", "log-level/a");
	}

	private static RuleDefinition<LogLevelRule> logs(String id, LogLevelRule rule) {
		return new RuleDefinition<>(new LogLevelRuleType(), id, rule, "test");
	}

	private static LogLevelRule level(Match match, Enforcement enforcement, int priority) {
		return new LogLevelRule(match, enforcement, priority, Map.of("com.acme", LogLevelRule.Level.DEBUG),
				Duration.ofMinutes(1), null);
	}

}
