// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.StringMatch;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.PolicyContext;
import io.governance.rule.TestContext;
import io.governance.schema.Violation;
import io.governance.selection.SelectionPolicy;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoadBalancingRuleTypeTests {

	private final LoadBalancingRuleType type = new LoadBalancingRuleType();

	private final PolicyContext context = new TestContext("load-balancing/a", new ManualTimeSource()).context();

	private static LoadBalancingRule rule(@Nullable Match match, @Nullable Algorithm algorithm, @Nullable String key,
			@Nullable Integer choices) {
		return new LoadBalancingRule(match, null, 0, algorithm, (key != null) ? CallKey.parse(key) : null, choices,
				null, null);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		LoadBalancingRule rule = this.type.defaults().get("default");
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(rule.algorithm()).isEqualTo(Algorithm.PEAK_EWMA);
		assertThat(rule.choiceCount()).isEqualTo(2);
		assertThat(rule.slowStart()).isEqualTo(new SlowStart(Duration.ZERO, 1.0, 10));
		assertThat(rule.zone()).isEqualTo(new Zones(Zones.Mode.NONE, 70));
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@Test
	void actsOutboundWhereAnInstanceIsChosen() {
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND);
		assertThat(this.type.stage(rule(null, null, null, null), Direction.OUTBOUND)).isEqualTo(Stage.LOAD_BALANCING);
	}

	@Test
	void ringHashNeedsAKeyAndNothingElseHasOne() {
		assertThat(this.type.validate(rule(null, Algorithm.RING_HASH, null, null)))
			.containsExactly(new Violation("hash-key", "none", "a key, with algorithm: ring-hash"));
		assertThat(this.type.validate(rule(null, Algorithm.RANDOM, "client-ip", null)))
			.containsExactly(new Violation("hash-key", "client-ip", "none without algorithm: ring-hash"));
		assertThat(this.type.validate(rule(null, Algorithm.RING_HASH, "client-ip", null))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "principal", "service" })
	void aKeyThatIsAbsentOrTheSameForAllCallsIsRefused(String key) {
		assertThat(this.type.validate(rule(null, Algorithm.RING_HASH, key, null))).containsExactly(new Violation(
				"hash-key", key, "header:NAME, query:NAME, cookie:NAME, label:NAME, client-ip, caller or operation"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "header:x", "query:x", "cookie:x", "label:x", "client-ip", "caller", "operation" })
	void anyOtherKeyIsHashed(String key) {
		assertThat(this.type.validate(rule(null, Algorithm.RING_HASH, key, null))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1, false", "2, true", "10, true", "11, false" })
	void choicesAreTwoToTen(int choices, boolean valid) {
		assertThat(this.type.validate(rule(null, Algorithm.LEAST_REQUEST, null, choices)).isEmpty()).isEqualTo(valid);
	}

	@Test
	void aRuleIsForAServiceAndNotForSomeOfItsCalls() {
		Match headers = new Match(null, "inventory", List.of(), null, List.of(), Map.of("x", StringMatch.exact("1")),
				Map.of(), null, Map.of());
		Match path = new Match(null, null, List.of(), "/a", List.of(), Map.of(), Map.of(), null, Map.of());
		assertThat(this.type.validate(rule(headers, null, null, null))).hasSize(1)
			.first()
			.hasToString("match: conditions on calls (expected: match.service alone: all calls to a service share its "
					+ "instances)");
		assertThat(this.type.validate(rule(path, null, null, null))).hasSize(1);
		assertThat(this.type.validate(rule(Match.service("inventory"), null, null, null))).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "slow-start.window, -1, 1, 10", "slow-start.window, 3601, 1, 10", "slow-start.aggression, 1, 0, 10",
			"slow-start.aggression, 1, 10.1, 10", "slow-start.aggression, 1, NaN, 10",
			"slow-start.minimum-weight, 1, 1, 0", "slow-start.minimum-weight, 1, 1, 101" })
	void slowStartIsWithinBounds(String component, long seconds, double aggression, int minimum) {
		LoadBalancingRule rule = new LoadBalancingRule(null, null, 0, null, null, null,
				new SlowStart(Duration.ofSeconds(seconds), aggression, minimum), null);
		assertThat(this.type.validate(rule)).extracting(Violation::component).containsExactly(component);
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "1, true", "100, true", "101, false" })
	void aZoneIsHealthyByAPercentage(int minimum, boolean valid) {
		LoadBalancingRule rule = new LoadBalancingRule(null, null, 0, null, null, null, null,
				new Zones(Zones.Mode.PREFER, minimum));
		assertThat(this.type.validate(rule).isEmpty()).isEqualTo(valid);
	}

	@Test
	void keepsThePolicyUnlessSomethingOfTheChoiceChanges() {
		LoadBalancingRule before = rule(null, null, null, null);
		SelectionPolicy running = this.type.newPolicy(before, this.context);
		assertThat(this.type.inherit(running, before, rule(Match.service("inventory"), null, null, null), this.context))
			.isSameAs(running);
		assertThat(this.type.inherit(running, before, rule(null, Algorithm.RANDOM, null, null), this.context))
			.isNotSameAs(running);
	}

}
