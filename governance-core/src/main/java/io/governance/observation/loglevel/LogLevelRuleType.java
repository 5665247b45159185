// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.loglevel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.governance.match.Match;
import io.governance.observation.ObservationPolicy;
import io.governance.policy.Direction;
import io.governance.policy.Stage;
import io.governance.rule.ObservationRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Declares {@code log-level}. All rules apply; where two name one logger the first does.
 * A rule's time runs on when only its match or its priority changes, and begins anew on
 * any other change.
 */
public final class LogLevelRuleType implements ObservationRuleType<LogLevelRule> {

	static final String RAISED = "raised";

	static final String RETURNED = "returned";

	static final Duration LONGEST = Duration.ofHours(24);

	private static final String OTHER_CONDITION = "no condition but match.service: log levels are no matter of calls";

	@Override
	public String name() {
		return "log-level";
	}

	@Override
	public Class<LogLevelRule> ruleClass() {
		return LogLevelRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.INBOUND);
	}

	@Override
	public Stage stage(LogLevelRule rule, Direction direction) {
		return Stage.PROCESS_OBSERVATION;
	}

	@Override
	public boolean isAdditive() {
		return true;
	}

	@Override
	public Set<String> events() {
		return Set.of(RAISED, RETURNED);
	}

	@Override
	public List<Violation> validate(LogLevelRule rule) {
		List<Violation> violations = new ArrayList<>();
		if (rule.loggers().isEmpty()) {
			violations.add(new Violation("loggers", "none", "at least one logger with its level"));
		}
		rule.loggers()
			.keySet()
			.stream()
			.filter(String::isBlank)
			.forEach((name) -> violations.add(new Violation("loggers", "\"\"", "names of loggers")));
		Duration activeFor = rule.activeFor();
		if (activeFor != null && (activeFor.compareTo(Duration.ofSeconds(1)) < 0 || activeFor.compareTo(LONGEST) > 0)) {
			violations.add(new Violation("active-for", activeFor.toString(), "1s to 24h"));
		}
		checkMatch(rule.match(), violations);
		return violations;
	}

	private static void checkMatch(Match match, List<Violation> violations) {
		if (match.path() != null) {
			violations.add(new Violation("match.path", match.path(), OTHER_CONDITION));
		}
		if (match.caller() != null) {
			violations.add(new Violation("match.caller", match.caller().toString(), OTHER_CONDITION));
		}
		check("match.methods", match.methods().isEmpty(), match.methods(), violations);
		check("match.hosts", match.hosts().isEmpty(), match.hosts(), violations);
		check("match.headers", match.headers().isEmpty(), match.headers().keySet(), violations);
		check("match.query", match.query().isEmpty(), match.query().keySet(), violations);
		check("match.labels", match.labels().isEmpty(), match.labels().keySet(), violations);
	}

	private static void check(String component, boolean absent, Object value, List<Violation> violations) {
		if (!absent) {
			violations.add(new Violation(component, value.toString(), OTHER_CONDITION));
		}
	}

	@Override
	public ObservationPolicy newPolicy(LogLevelRule rule, PolicyContext context) {
		return new LogLevelPolicy(rule, context);
	}

	@Override
	public ObservationPolicy inherit(ObservationPolicy running, LogLevelRule before, LogLevelRule rule,
			PolicyContext context) {
		return rule.hasSameLevelsAs(before) ? running : newPolicy(rule, context);
	}

}
