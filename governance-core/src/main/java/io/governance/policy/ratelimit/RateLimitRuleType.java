// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.governance.match.CallKey;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.policy.ratelimit.RateLimitRule.Scope;
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

	static final String LEASED = "leased";

	static final String LEASE_FAILED = "lease-failed";

	private static final int MAX_OVERRIDES = 1_000;

	private static final double LENT_FOR_SECONDS = 0.05;

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
		if (rule.scope() == Scope.CLUSTER && (rule.pacing() != null || rule.warmUp() != null)) {
			violations.add(new Violation("scope", "cluster", "instance with pacing or warm-up"));
		}
		if (violations.isEmpty()) {
			checkRate("", rule.rate(), rule, violations);
			rule.overrides().forEach((key, limit) -> checkRate(path(key), rule.rate(limit), rule, violations));
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

	private static void checkRate(String prefix, Rate rate, RateLimitRule rule, List<Violation> violations) {
		boolean scheduled = rule.pacing() != null || rule.warmUp() != null;
		if (rate.limit() > rate.per().toNanos() / (scheduled ? 1_000 : 1)) {
			violations.add(new Violation(prefix + "limit", String.valueOf(rate.limit()), scheduled
					? "at most one call per microsecond with pacing or warm-up" : "at most one call per nanosecond"));
		}
		else if (rule.scope() == Scope.CLUSTER) {
			checkShared(prefix + "burst", rate, violations);
		}
	}

	/**
	 * Permits are lent for some time: with a burst that the limit gives in less, calls
	 * would be rejected that keep to the limit.
	 */
	private static void checkShared(String component, Rate rate, List<Violation> violations) {
		double atOnce = Math.ceil(LENT_FOR_SECONDS * 1e9 * rate.limit() / rate.per().toNanos());
		if (rate.burst() < atOnce) {
			violations.add(new Violation(component, String.valueOf(rate.burst()),
					(long) atOnce + " or more, what the limit gives in 50ms, with scope: cluster"));
		}
		else if (!ClusterTerms.isCountable(rate)) {
			violations.add(new Violation(component, String.valueOf(rate.burst()),
					"burst * per in microseconds at most 2^52 with scope: cluster"));
		}
	}

	@Override
	public List<Reason> reasons() {
		return List.of(Reason.RATE_LIMITED);
	}

	@Override
	public Set<String> events() {
		return Set.of(OVERFLOW, DELAYED, LEASED, LEASE_FAILED);
	}

	@Override
	public Policy newPolicy(RateLimitRule rule, PolicyContext context) {
		join(rule, context);
		return new RateLimitPolicy(rule, context);
	}

	@Override
	public Policy inherit(Policy running, RateLimitRule before, RateLimitRule rule, PolicyContext context) {
		join(rule, context);
		return rule.behavesAs(before) ? running : ((RateLimitPolicy) running).replacedBy(before, rule, context);
	}

	private static void join(RateLimitRule rule, PolicyContext context) {
		if (rule.scope() == Scope.CLUSTER && rule.enforcement() != Enforcement.OFF) {
			context.leases().join();
		}
	}

	private record Span(Duration shortest, Duration longest, String written) {

		void check(String component, @Nullable Duration time, List<Violation> violations) {
			if (time != null && (time.compareTo(this.shortest) < 0 || time.compareTo(this.longest) > 0)) {
				violations.add(new Violation(component, time.toString(), this.written));
			}
		}

	}

}
