// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.sampling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.governance.match.Match;
import io.governance.observation.ObservationPolicy;
import io.governance.observation.TraceVerdict;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.ObservationRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Declares {@code sampling}. The most specific rule applies, as a whole. A rule keeps the
 * state of its cap and of its errors as long as these parts stay the same.
 */
public final class SamplingRuleType implements ObservationRuleType<SamplingRule> {

	private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

	@Override
	public String name() {
		return "sampling";
	}

	@Override
	public Class<SamplingRule> ruleClass() {
		return SamplingRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.INBOUND);
	}

	@Override
	public Stage stage(SamplingRule rule, Direction direction) {
		return Stage.OBSERVATION;
	}

	@Override
	public Map<String, SamplingRule> defaults() {
		return Map.of("default", new SamplingRule(Match.ANY, Enforcement.ENFORCED, 0, null, 1_000,
				SamplingRule.Parent.HONOUR, null, null));
	}

	@Override
	public List<TraceVerdict> verdicts() {
		return List.of(TraceVerdict.values());
	}

	@Override
	public List<Violation> validate(SamplingRule rule) {
		List<Violation> violations = new ArrayList<>();
		if (rule.ratio() != null) {
			checkShare("ratio", rule.ratio(), violations);
		}
		if (rule.perSecond() < 1 || rule.perSecond() > 1_000_000) {
			violations.add(new Violation("per-second", String.valueOf(rule.perSecond()), "1 to 1000000"));
		}
		if (rule.debugHeader() != null && !HEADER.matcher(rule.debugHeader()).matches()) {
			violations.add(new Violation("debug-header", rule.debugHeader(), "the name of a header"));
		}
		if (rule.errors() != null) {
			check(rule.errors(), violations);
		}
		return violations;
	}

	private static void check(ErrorRaise errors, List<Violation> violations) {
		if (!(errors.above() >= 0 && errors.above() < 1)) {
			violations.add(new Violation("errors.above", String.valueOf(errors.above()), "a share, 0 to less than 1"));
		}
		checkShare("errors.ratio", errors.ratio(), violations);
		Duration window = errors.window();
		if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofMinutes(5)) > 0) {
			violations.add(new Violation("errors.window", window.toString(), "1s to 5m"));
		}
		if (errors.minimumCalls() < 1 || errors.minimumCalls() > 100_000) {
			violations.add(new Violation("errors.minimum-calls", String.valueOf(errors.minimumCalls()), "1 to 100000"));
		}
	}

	private static void checkShare(String component, double share, List<Violation> violations) {
		if (!(share >= 0 && share <= 1)) {
			violations.add(new Violation(component, String.valueOf(share), "a share, 0 to 1"));
		}
	}

	@Override
	public ObservationPolicy newPolicy(SamplingRule rule, PolicyContext context) {
		return new SamplingPolicy(rule, context, null);
	}

	@Override
	public ObservationPolicy inherit(ObservationPolicy running, SamplingRule before, SamplingRule rule,
			PolicyContext context) {
		return new SamplingPolicy(rule, context, (SamplingPolicy) running);
	}

}
