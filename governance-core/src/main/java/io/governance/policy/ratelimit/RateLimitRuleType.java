// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.governance.match.CallKey;
import io.governance.policy.Direction;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Declares {@code rate-limit}. All matching limits apply. A limit keeps its buckets when
 * only match, priority or enforcement change.
 */
public final class RateLimitRuleType implements AdmissionRuleType<RateLimitRule> {

	static final String OVERFLOW = "overflow";

	private static final Duration LONGEST = Duration.ofDays(1);

	@Override
	public String name() {
		return "rate-limit";
	}

	@Override
	public Class<RateLimitRule> ruleClass() {
		return RateLimitRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.INBOUND, Direction.OUTBOUND);
	}

	@Override
	public Stage stage(RateLimitRule rule, Direction direction) {
		if (direction == Direction.OUTBOUND) {
			return Stage.RATE_LIMIT;
		}
		boolean byPrincipal = rule.key() != null && rule.key().source() == CallKey.Source.PRINCIPAL;
		return byPrincipal ? Stage.IDENTIFIED_RATE_LIMIT : Stage.EDGE_RATE_LIMIT;
	}

	@Override
	public boolean isAdditive() {
		return true;
	}

	@Override
	public List<Violation> validate(RateLimitRule rule) {
		List<Violation> violations = new ArrayList<>();
		if (rule.limit() < 1) {
			violations.add(new Violation("limit", String.valueOf(rule.limit()), "1 or more"));
		}
		else if (rule.burst() < 1) {
			violations.add(new Violation("burst", String.valueOf(rule.burst()), "1 or more"));
		}
		if (rule.per().compareTo(Duration.ofMillis(1)) < 0 || rule.per().compareTo(LONGEST) > 0) {
			violations.add(new Violation("per", rule.per().toString(), "1ms to 1d"));
		}
		else if (rule.limit() > rule.per().toNanos()) {
			violations.add(new Violation("limit", String.valueOf(rule.limit()), "at most one call per nanosecond"));
		}
		if (rule.maxKeys() < 1 || rule.maxKeys() > 1_000_000) {
			violations.add(new Violation("max-keys", String.valueOf(rule.maxKeys()), "1 to 1000000"));
		}
		return violations;
	}

	@Override
	public List<Reason> reasons() {
		return List.of(Reason.RATE_LIMITED);
	}

	@Override
	public Set<String> events() {
		return Set.of(OVERFLOW);
	}

	@Override
	public Policy newPolicy(RateLimitRule rule, PolicyContext context) {
		return new RateLimitPolicy(rule, context);
	}

	@Override
	public Policy inherit(Policy running, RateLimitRule before, RateLimitRule rule, PolicyContext context) {
		return rule.hasSameLimitsAs(before) ? running : newPolicy(rule, context);
	}

}
