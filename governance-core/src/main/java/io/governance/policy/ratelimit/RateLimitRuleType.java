// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.governance.match.CallKey;
import io.governance.policy.Direction;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Declares {@code rate-limit}. All matching limits apply. A rule that changes keeps what
 * it has counted for those keys whose limit stays the same.
 */
public final class RateLimitRuleType implements AdmissionRuleType<RateLimitRule> {

	static final String OVERFLOW = "overflow";

	static final String DELAYED = "delayed";

	private static final int MAX_OVERRIDES = 1_000;

	private static final Pattern PLAIN_KEY = Pattern.compile("[a-z0-9-]+");

	private static final Span PERIOD = new Span(Duration.ofMillis(1), Duration.ofDays(1), "1ms to 1d");

	private static final Span WARM_UP = new Span(Duration.ofSeconds(1), Duration.ofHours(1), "1s to 1h");

	private static final Span MAX_WAIT = new Span(Duration.ofMillis(1), Duration.ofMinutes(1), "1ms to 1m");

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
		checkLimit("", rule.limit(), rule.burst(), violations);
		PERIOD.check("per", rule.per(), violations);
		WARM_UP.check("warm-up", rule.warmUp(), violations);
		MAX_WAIT.check("pacing.max-wait", (rule.pacing() != null) ? rule.pacing().maxWait() : null, violations);
		checkOverrides(rule, violations);
		if (violations.isEmpty()) {
			checkRate("limit", rule.limit(), rule, violations);
			rule.overrides().forEach((key, limit) -> checkRate(path(key) + "limit", limit.limit(), rule, violations));
		}
		if (rule.headers() && rule.match().direction() == Direction.OUTBOUND) {
			violations.add(new Violation("headers", "true", "false for outbound calls: there is nobody to tell"));
		}
		if (rule.maxKeys() < 1 || rule.maxKeys() > 1_000_000) {
			violations.add(new Violation("max-keys", String.valueOf(rule.maxKeys()), "1 to 1000000"));
		}
		return violations;
	}

	private static void checkLimit(String path, long limit, @Nullable Long burst, List<Violation> violations) {
		if (limit < 1) {
			violations.add(new Violation(path + "limit", String.valueOf(limit), "1 or more"));
		}
		else if (burst != null && burst < 1) {
			violations.add(new Violation(path + "burst", String.valueOf(burst), "1 or more"));
		}
	}

	private static void checkOverrides(RateLimitRule rule, List<Violation> violations) {
		int overrides = rule.overrides().size();
		if (overrides > MAX_OVERRIDES) {
			violations.add(new Violation("overrides", String.valueOf(overrides), "up to " + MAX_OVERRIDES + " keys"));
			return;
		}
		if (overrides > 0 && rule.key() == null) {
			violations.add(new Violation("overrides", String.valueOf(overrides), "none without key"));
		}
		rule.overrides().forEach((key, limit) -> checkLimit(path(key), limit.limit(), limit.burst(), violations));
	}

	/**
	 * The path of an override as it is written.
	 */
	private static String path(String key) {
		return PLAIN_KEY.matcher(key).matches() ? "overrides." + key + "." : "overrides[" + key + "].";
	}

	private static void checkRate(String component, long limit, RateLimitRule rule, List<Violation> violations) {
		boolean scheduled = rule.pacing() != null || rule.warmUp() != null;
		if (limit > rule.per().toNanos() / (scheduled ? 1_000 : 1)) {
			violations.add(new Violation(component, String.valueOf(limit), scheduled
					? "at most one call per microsecond with pacing or warm-up" : "at most one call per nanosecond"));
		}
	}

	@Override
	public List<Reason> reasons() {
		return List.of(Reason.RATE_LIMITED);
	}

	@Override
	public Set<String> events() {
		return Set.of(OVERFLOW, DELAYED);
	}

	@Override
	public Policy newPolicy(RateLimitRule rule, PolicyContext context) {
		return new RateLimitPolicy(rule, context);
	}

	@Override
	public Policy inherit(Policy running, RateLimitRule before, RateLimitRule rule, PolicyContext context) {
		return rule.behavesAs(before) ? running : ((RateLimitPolicy) running).replacedBy(before, rule, context);
	}

	private record Span(Duration shortest, Duration longest, String written) {

		void check(String component, @Nullable Duration time, List<Violation> violations) {
			if (time != null && (time.compareTo(this.shortest) < 0 || time.compareTo(this.longest) > 0)) {
				violations.add(new Violation(component, time.toString(), this.written));
			}
		}

	}

}
