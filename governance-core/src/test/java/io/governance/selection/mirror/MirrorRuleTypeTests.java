// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.mirror;

import java.util.Map;

import io.governance.match.Match;
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

class MirrorRuleTypeTests {

	private static final MirrorTarget TRIAL = new MirrorTarget("inventory-trial", null);

	private final MirrorRuleType type = new MirrorRuleType();

	private static MirrorRule rule(@Nullable MirrorTarget to, @Nullable Double percent, @Nullable Long bytes,
			@Nullable Integer inFlight) {
		return new MirrorRule(Match.service("inventory"), null, 0, to, percent, bytes, inFlight);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		MirrorRule rule = new MirrorRule(null, null, 0, TRIAL, null, null, null);
		assertThat(rule).isEqualTo(new MirrorRule(Match.ANY, Enforcement.ENFORCED, 0, TRIAL, 100.0, 65_536L, 50));
		assertThat(this.type.validate(rule)).isEmpty();
		assertThat(this.type.isAdditive()).isTrue();
		assertThat(this.type.defaults()).isEmpty();
		assertThat(this.type.stage(rule, Direction.OUTBOUND)).isEqualTo(Stage.MIRROR);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "percent, -1", "percent, 100.1", "percent, NaN", "max-body-bytes, -1", "max-body-bytes, 16777217",
			"max-in-flight, 0", "max-in-flight, 10001" })
	void numbersAreBounded(String component, double value) {
		MirrorRule rule = rule(TRIAL, component.equals("percent") ? value : null,
				component.equals("max-body-bytes") ? (long) value : null,
				component.equals("max-in-flight") ? (int) value : null);
		assertThat(this.type.validate(rule)).extracting(Violation::component).containsExactly(component);
	}

	@Test
	void copiesGoSomewhereElse() {
		assertThat(this.type.validate(rule(null, null, null, null)))
			.containsExactly(new Violation("to", "none", "another service, or a subset"));
		assertThat(this.type.validate(rule(new MirrorTarget("inventory", null), null, null, null)))
			.containsExactly(new Violation("to", "the called service", "another service, or a subset"));
		assertThat(this.type.validate(rule(new MirrorTarget(" ", null), null, null, null)))
			.containsExactly(new Violation("to.service", "\"\"", "the name of a service"));
		assertThat(this.type
			.validate(rule(new MirrorTarget(null, Map.of("version", StringMatch.exact("2"))), null, null, null)))
			.isEmpty();
	}

	@Test
	void keepsCountUnlessSomethingOfTheCopiesChanges() {
		PolicyContext context = new TestContext("mirror/a", new ManualTimeSource()).context();
		MirrorRule before = rule(TRIAL, null, null, null);
		SelectionPolicy running = this.type.newPolicy(before, context);
		MirrorRule shadow = new MirrorRule(null, Enforcement.SHADOW, 1, TRIAL, null, null, null);
		assertThat(this.type.inherit(running, before, shadow, context)).isSameAs(running);
		assertThat(this.type.inherit(running, before, rule(TRIAL, 5.0, null, null), context)).isNotSameAs(running);
	}

}
