// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.governance.execution.ExecutionPolicy;
import io.governance.policy.Direction;
import io.governance.policy.Stage;
import io.governance.rule.ExecutionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Declares {@code cache}. The most specific rule applies. A rule keeps its answers as
 * long as their bounds and the headers of their keys stay the same; new times hold for
 * them at once.
 */
public final class CacheRuleType implements ExecutionRuleType<CacheRule> {

	static final String HIT = "hit";

	static final String MISS = "miss";

	static final String EXPIRED = "expired";

	static final String BYPASS = "bypass";

	static final String SHARED = "shared";

	private static final Pattern HEADER_NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]{1,100}");

	private static final Duration DAY = Duration.ofDays(1);

	@Override
	public String name() {
		return "cache";
	}

	@Override
	public Class<CacheRule> ruleClass() {
		return CacheRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(CacheRule rule, Direction direction) {
		return Stage.CACHE;
	}

	@Override
	public Set<String> events() {
		return Set.of(HIT, MISS, EXPIRED, BYPASS, SHARED);
	}

	@Override
	public List<Violation> validate(CacheRule rule) {
		List<Violation> violations = new ArrayList<>();
		if (rule.ttl().compareTo(Duration.ofMillis(1)) < 0 || rule.ttl().compareTo(DAY) > 0) {
			violations.add(new Violation("ttl", rule.ttl().toString(), "1ms to 1d"));
		}
		if (rule.negativeTtl().isNegative() || rule.negativeTtl().compareTo(DAY) > 0) {
			violations.add(new Violation("negative-ttl", rule.negativeTtl().toString(), "0s to 1d"));
		}
		if (rule.maxWait().isNegative() || rule.maxWait().compareTo(Duration.ofMinutes(1)) > 0) {
			violations.add(new Violation("max-wait", rule.maxWait().toString(), "0s to 1m"));
		}
		check(violations, "max-entries", rule.maxEntries(), 1, 100_000);
		check(violations, "max-bytes", rule.maxBytes(), 1_024, 1L << 30);
		check(violations, "max-body-bytes", rule.maxBodyBytes(), 0, 16L << 20);
		rule.keyHeaders()
			.stream()
			.filter((name) -> !HEADER_NAME.matcher(name).matches())
			.forEach((name) -> violations.add(new Violation("key-headers", name, "names of headers")));
		return violations;
	}

	private static void check(List<Violation> violations, String component, long value, long min, long max) {
		if (value < min || value > max) {
			violations.add(new Violation(component, String.valueOf(value), min + " to " + max));
		}
	}

	@Override
	public ExecutionPolicy newPolicy(CacheRule rule, PolicyContext context) {
		return new CachePolicy(rule, context, CacheStore.of(rule));
	}

	@Override
	public ExecutionPolicy inherit(ExecutionPolicy running, CacheRule before, CacheRule rule, PolicyContext context) {
		boolean same = before.maxEntries().equals(rule.maxEntries()) && before.maxBytes().equals(rule.maxBytes())
				&& before.keyHeaders().equals(rule.keyHeaders()) && before.shared() == rule.shared();
		return same ? new CachePolicy(rule, context, ((CachePolicy) running).store()) : newPolicy(rule, context);
	}

}
