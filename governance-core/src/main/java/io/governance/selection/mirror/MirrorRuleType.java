// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.mirror;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.governance.match.MetadataMatcher;
import io.governance.policy.Direction;
import io.governance.policy.Stage;
import io.governance.rule.PolicyContext;
import io.governance.rule.SelectionRuleType;
import io.governance.schema.Violation;
import io.governance.selection.Copy.Loss;
import io.governance.selection.SelectionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Declares {@code mirror}. All matching rules apply. A rule keeps count of its copies in
 * flight when only match, priority or enforcement change.
 */
public final class MirrorRuleType implements SelectionRuleType<MirrorRule> {

	static final String OVERFLOW = "overflow";

	private static final long MAX_BODY_BYTES = 16L * 1024 * 1024;

	@Override
	public String name() {
		return "mirror";
	}

	@Override
	public Class<MirrorRule> ruleClass() {
		return MirrorRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(MirrorRule rule, Direction direction) {
		return Stage.MIRROR;
	}

	@Override
	public boolean isAdditive() {
		return true;
	}

	@Override
	public Set<String> events() {
		return Stream.concat(Stream.of(OVERFLOW), Arrays.stream(Loss.values()).map(Loss::event))
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public List<Violation> validate(MirrorRule rule) {
		List<Violation> violations = new ArrayList<>();
		checkTarget(rule.to(), rule.match().service(), violations);
		if (!(rule.percent() >= 0 && rule.percent() <= 100)) {
			violations.add(new Violation("percent", rule.percent().toString(), "0 to 100"));
		}
		if (rule.maxBodyBytes() < 0 || rule.maxBodyBytes() > MAX_BODY_BYTES) {
			violations.add(new Violation("max-body-bytes", rule.maxBodyBytes().toString(), "0 to 16777216"));
		}
		if (rule.maxInFlight() < 1 || rule.maxInFlight() > 10_000) {
			violations.add(new Violation("max-in-flight", rule.maxInFlight().toString(), "1 to 10000"));
		}
		return violations;
	}

	private static void checkTarget(MirrorTarget to, @Nullable String called, List<Violation> violations) {
		if (to.service() != null && to.service().isBlank()) {
			violations.add(new Violation("to.service", "\"\"", "the name of a service"));
		}
		boolean same = to.service() == null || to.service().equals(called);
		if (same && to.subset().isEmpty()) {
			violations.add(new Violation("to", (to.service() != null) ? "the called service" : "none",
					"another service, or a subset"));
		}
		violations.addAll(MetadataMatcher.validate("to.subset", to.subset()));
	}

	@Override
	public SelectionPolicy newPolicy(MirrorRule rule, PolicyContext context) {
		return new MirrorPolicy(rule, context);
	}

	@Override
	public SelectionPolicy inherit(SelectionPolicy running, MirrorRule before, MirrorRule rule, PolicyContext context) {
		return rule.copiesLike(before) ? running : newPolicy(rule, context);
	}

}
