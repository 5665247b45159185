// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

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
 * Declares {@code bulkhead}. All matching bulkheads apply. A bulkhead knows which calls
 * are under way, and keeps those that wait, through every change but that of its key or
 * its number of keys.
 */
public final class BulkheadRuleType implements AdmissionRuleType<BulkheadRule> {

	/** A call shared a bulkhead, for want of one for its key. */
	static final String OVERFLOW = "overflow";

	/** A call began to wait. */
	static final String QUEUED = "queued";

	/** A call gave up before its longest wait was over. */
	static final String GIVEN_UP = "given-up";

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofHours(1);

	@Override
	public String name() {
		return "bulkhead";
	}

	@Override
	public Class<BulkheadRule> ruleClass() {
		return BulkheadRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND, Direction.INBOUND);
	}

	@Override
	public Stage stage(BulkheadRule rule, Direction direction) {
		if (direction == Direction.OUTBOUND) {
			return Stage.BULKHEAD;
		}
		boolean byPrincipal = rule.key().source() == CallKey.Source.PRINCIPAL;
		return byPrincipal ? Stage.IDENTIFIED_CONCURRENCY_LIMIT : Stage.CONCURRENCY_LIMIT;
	}

	@Override
	public boolean isAdditive() {
		return true;
	}

	@Override
	public List<Violation> validate(BulkheadRule rule) {
		List<Violation> violations = new ArrayList<>();
		checkCount("max-concurrent-calls", rule.maxConcurrentCalls(), 1, 1_000_000, violations);
		checkCount("max-waiting", rule.maxWaiting(), 0, 100_000, violations);
		checkCount("max-keys", rule.maxKeys(), 1, 100_000, violations);
		Duration wait = rule.maxWait();
		if (rule.maxWaiting() > 0 && wait.isZero()) {
			violations.add(new Violation("max-wait", wait.toString(), "1ms to 1h, since calls may wait"));
		}
		else if (!wait.isZero() && (wait.compareTo(SHORTEST) < 0 || wait.compareTo(LONGEST) > 0)) {
			violations.add(new Violation("max-wait", wait.toString(), "1ms to 1h"));
		}
		return violations;
	}

	private static void checkCount(String component, int count, int min, int max, List<Violation> violations) {
		if (count < min || count > max) {
			violations.add(new Violation(component, String.valueOf(count), min + " to " + max));
		}
	}

	@Override
	public List<Reason> reasons() {
		return List.of(Reason.BULKHEAD_FULL);
	}

	@Override
	public Set<String> events() {
		return Set.of(OVERFLOW, QUEUED, GIVEN_UP);
	}

	@Override
	public Policy newPolicy(BulkheadRule rule, PolicyContext context) {
		return BulkheadPolicy.of(rule, context);
	}

	@Override
	public Policy inherit(Policy running, BulkheadRule before, BulkheadRule rule, PolicyContext context) {
		if (!rule.keepsApartAs(before)) {
			return newPolicy(rule, context);
		}
		return rule.hasSameLimitsAs(before) ? running : ((BulkheadPolicy) running).changedTo(rule);
	}

}
