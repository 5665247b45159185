// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.governance.match.CallKey;
import io.governance.match.MetadataMatcher;
import io.governance.policy.Direction;
import io.governance.policy.Stage;
import io.governance.rule.PolicyContext;
import io.governance.rule.SelectionRuleType;
import io.governance.schema.Violation;
import io.governance.selection.Destination.OnEmpty;
import io.governance.selection.SelectionPolicy;

/**
 * Declares {@code route}. The most specific rule applies. A rule keeps its destinations
 * when only match, priority or enforcement change.
 */
public final class RouteRuleType implements SelectionRuleType<RouteRule> {

	static final String EMPTY = "empty";

	private static final int MAX_TARGETS = 100;

	private static final int MAX_WEIGHT = 1_000_000;

	private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

	private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\x80-\\xff]{0,1024}");

	@Override
	public String name() {
		return "route";
	}

	@Override
	public Class<RouteRule> ruleClass() {
		return RouteRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(RouteRule rule, Direction direction) {
		return Stage.ROUTE;
	}

	@Override
	public Set<String> events() {
		return Set.of(EMPTY);
	}

	@Override
	public List<Violation> validate(RouteRule rule) {
		List<Violation> violations = new ArrayList<>();
		checkTargets(rule.to(), violations);
		violations.addAll(CallKey.validateSelection("sticky-by", rule.stickyBy()));
		boolean needed = rule.onEmpty() == OnEmpty.DEFAULT;
		if (needed && rule.defaultSubset().isEmpty()) {
			violations.add(new Violation("default-subset", "none", "conditions on metadata, with on-empty: default"));
		}
		if (!needed && !rule.defaultSubset().isEmpty()) {
			violations.add(new Violation("default-subset", rule.defaultSubset().keySet().toString(),
					"none without on-empty: default"));
		}
		violations.addAll(MetadataMatcher.validate("default-subset", rule.defaultSubset()));
		checkHeaders(rule.requestHeaders(), violations);
		return violations;
	}

	private static void checkTargets(List<RouteTarget> targets, List<Violation> violations) {
		if (targets.isEmpty() || targets.size() > MAX_TARGETS) {
			violations.add(new Violation("to", targets.size() + " destinations", "1 to 100 destinations"));
		}
		long sum = 0;
		for (int i = 0; i < targets.size(); i++) {
			RouteTarget target = targets.get(i);
			if (target.weight() < 0 || target.weight() > MAX_WEIGHT) {
				violations.add(new Violation("to[" + i + "].weight", target.weight().toString(), "0 to 1000000"));
			}
			sum += Math.max(0, target.weight());
			violations.addAll(MetadataMatcher.validate("to[" + i + "].subset", target.subset()));
		}
		if (sum == 0 && !targets.isEmpty()) {
			violations.add(new Violation("to", "weights of 0", "a destination with a weight above 0"));
		}
	}

	private static void checkHeaders(RequestHeaders headers, List<Violation> violations) {
		headers.add().forEach((name, value) -> {
			checkName("request-headers.add", name, violations);
			if (!VALUE.matcher(value).matches()) {
				violations.add(new Violation("request-headers.add." + name,
						"a value of " + value.length() + " characters", "at most 1024 printable characters"));
			}
		});
		headers.remove().forEach((name) -> checkName("request-headers.remove", name, violations));
	}

	private static void checkName(String component, String name, List<Violation> violations) {
		if (!NAME.matcher(name).matches()) {
			violations.add(new Violation(component, name, "the name of a header"));
		}
	}

	@Override
	public SelectionPolicy newPolicy(RouteRule rule, PolicyContext context) {
		return new RoutePolicy(rule, context);
	}

	@Override
	public SelectionPolicy inherit(SelectionPolicy running, RouteRule before, RouteRule rule, PolicyContext context) {
		return rule.routesLike(before) ? running : newPolicy(rule, context);
	}

}
