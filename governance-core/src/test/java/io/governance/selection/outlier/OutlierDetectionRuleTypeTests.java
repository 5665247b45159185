// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.match.StringMatch;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.PolicyContext;
import io.governance.rule.TestContext;
import io.governance.schema.Violation;
import io.governance.selection.SelectionPolicy;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutlierDetectionRuleTypeTests {

	private final OutlierDetectionRuleType type = new OutlierDetectionRuleType();

	private static OutlierDetectionRule rule(@Nullable Match match, @Nullable Enforcement enforcement,
			@Nullable Integer consecutive) {
		return new OutlierDetectionRule(match, enforcement, 0, null, consecutive, null, null, null, null, null, null,
				null, null, null);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		OutlierDetectionRule rule = this.type.defaults().get("default");
		assertThat(rule.errors()).map(OutcomeMatch::text)
			.containsExactly("connect", "reset", "timeout", "500", "502", "503", "504");
		assertThat(rule).isEqualTo(new OutlierDetectionRule(Match.ANY, Enforcement.ENFORCED, 0, rule.errors(), 5, 50,
				null, 50, 20, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5), 50, 50));
		assertThat(this.type.validate(rule)).isEmpty();
		assertThat(this.type.stage(rule, Direction.OUTBOUND)).isEqualTo(Stage.OUTLIER_DETECTION);
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "consecutive-errors, -1, 50, 50, 20, 50, 50", "consecutive-errors, 1001, 50, 50, 20, 50, 50",
			"error-share, 5, 101, 50, 20, 50, 50", "slow-share, 5, 50, 0, 20, 50, 50",
			"minimum-requests, 5, 50, 50, 0, 50, 50", "max-ejected, 5, 50, 50, 20, 0, 50",
			"max-ejected, 5, 50, 50, 20, 101, 50", "panic-threshold, 5, 50, 50, 20, 50, 101" })
	void numbersAreBounded(String component, int consecutive, int errorShare, int slowShare, int requests,
			int maxEjected, int panic) {
		OutlierDetectionRule rule = new OutlierDetectionRule(null, null, 0, null, consecutive, errorShare, null,
				slowShare, requests, null, null, null, maxEjected, panic);
		assertThat(this.type.validate(rule)).extracting(Violation::component).containsExactly(component);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "slow-call, PT0S, PT5S, PT30S, PT5M", "interval, PT1S, PT0.05S, PT30S, PT5M",
			"interval, PT1S, PT11M, PT30S, PT5M", "base-ejection-time, PT1S, PT5S, PT0S, PT5M",
			"max-ejection-time, PT1S, PT5S, PT30S, PT29S", "max-ejection-time, PT1S, PT5S, PT30S, P2D" })
	void timesAreBounded(String component, Duration slow, Duration interval, Duration base, Duration max) {
		OutlierDetectionRule rule = new OutlierDetectionRule(null, null, 0, null, null, null, slow, null, null,
				interval, base, max, null, null);
		assertThat(this.type.validate(rule)).extracting(Violation::component).containsExactly(component);
	}

	@Test
	void aRuleIsForAServiceAndNotForSomeOfItsCalls() {
		Match some = new Match(null, null, List.of("GET"), null, List.of(), Map.of(), Map.of(),
				StringMatch.exact("orders"), Map.of());
		assertThat(this.type.validate(rule(some, null, null))).extracting(Violation::component)
			.containsExactly("match");
		assertThat(this.type.validate(rule(Match.service("inventory"), null, null))).isEmpty();
	}

	@Test
	void keepsItsCountsUnlessSomethingOfTheDetectionChanges() {
		PolicyContext context = new TestContext("outlier-detection/a", new ManualTimeSource()).context();
		OutlierDetectionRule before = rule(null, null, null);
		SelectionPolicy running = this.type.newPolicy(before, context);
		assertThat(this.type.inherit(running, before, rule(Match.service("a"), Enforcement.SHADOW, null), context))
			.isSameAs(running);
		assertThat(this.type.inherit(running, before, rule(null, null, 3), context)).isNotSameAs(running);
	}

}
