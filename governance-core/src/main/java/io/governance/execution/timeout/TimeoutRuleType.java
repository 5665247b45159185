// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.governance.execution.ExecutionPolicy;
import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.ExecutionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Declares {@code timeout}. The most specific rule applies, as a whole. Inbound, a rule's
 * total is the deadline of calls whose caller set none, or a later one.
 */
public final class TimeoutRuleType implements ExecutionRuleType<TimeoutRule> {

	private static final Duration LONGEST = Duration.ofHours(1);

	@Override
	public String name() {
		return "timeout";
	}

	@Override
	public Class<TimeoutRule> ruleClass() {
		return TimeoutRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND, Direction.INBOUND);
	}

	@Override
	public Stage stage(TimeoutRule rule, Direction direction) {
		return (direction == Direction.INBOUND) ? Stage.INBOUND_DEADLINE : Stage.DEADLINE;
	}

	@Override
	public Map<String, TimeoutRule> defaults() {
		return Map.of("default", new TimeoutRule(Match.ANY, Enforcement.ENFORCED, 0, Duration.ofSeconds(10), null,
				Duration.ofSeconds(2)));
	}

	@Override
	public List<Violation> validate(TimeoutRule rule) {
		List<Violation> violations = new ArrayList<>();
		boolean empty = rule.total() == null && rule.perTry() == null && rule.connect() == null;
		// `timeout.default.enforcement: OFF` is how the built-in rule is switched off
		if (empty && rule.enforcement() != Enforcement.OFF) {
			violations.add(new Violation("total", "none", "at least one of total, per-try, connect"));
		}
		check("total", rule.total(), LONGEST, "1h", violations);
		check("connect", rule.connect(), LONGEST, "1h", violations);
		if (rule.total() != null) {
			check("per-try", rule.perTry(), rule.total(), "the total", violations);
		}
		else {
			check("per-try", rule.perTry(), LONGEST, "1h", violations);
		}
		if (rule.match().direction() == Direction.INBOUND && (rule.perTry() != null || rule.connect() != null)) {
			violations.add(new Violation("match.direction", "inbound", "outbound for per-try and connect"));
		}
		return violations;
	}

	private static void check(String component, @Nullable Duration value, Duration max, String written,
			List<Violation> violations) {
		if (value != null && (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(max) > 0)) {
			violations.add(new Violation(component, value.toString(), "1ms to " + written));
		}
	}

	@Override
	public ExecutionPolicy newPolicy(TimeoutRule rule, PolicyContext context) {
		return new TimeoutPolicy(rule, context.rule());
	}

}
