// SPDX-License-Identifier: Apache-2.0

package io.governance.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.governance.binding.LiveRules;
import io.governance.binding.RuleFault;
import io.governance.binding.RuleStatus;
import io.governance.engine.EffectiveRule;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Segment;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Lists the rules as they act in this process.
 */
@Endpoint(id = "governance")
public final class GovernanceEndpoint {

	private static final String NOT_ENFORCED = "not enforced here: no adapter for this side";

	private final PolicyEngine engine;

	private final LiveRules rules;

	private final List<EnforcementPoint> points;

	/**
	 * Creates the endpoint.
	 * @param engine runs the rules
	 * @param rules knows what was refused
	 * @param points what runs the chain in this process
	 */
	public GovernanceEndpoint(PolicyEngine engine, LiveRules rules, List<EnforcementPoint> points) {
		this.engine = engine;
		this.rules = rules;
		this.points = List.copyOf(points);
	}

	/**
	 * The rules in force.
	 * @return the rules, in the order of the chain
	 */
	@ReadOperation
	public Description rules() {
		RuleStatus status = this.rules.status();
		Map<Segment, String> adapters = new TreeMap<>();
		this.points.forEach(
				(point) -> adapters.merge(point.segment(), point.description(), (one, other) -> one + ", " + other));
		return new Description(status.revision(), Instant.ofEpochMilli(status.appliedAtMillis()), status.faults(),
				adapters, this.engine.effectiveRules().stream().map((rule) -> describe(rule, adapters)).toList());
	}

	private static DescribedRule describe(EffectiveRule rule, Map<Segment, String> adapters) {
		String note = adapters.containsKey(rule.stage().segment()) ? null : NOT_ENFORCED;
		return new DescribedRule(rule.type(), rule.id(), rule.origin(), rule.revision(), rule.direction().name(),
				rule.stage().name(), rule.enforcement().name(), rule.state(), note, rule.rule());
	}

	/**
	 * The rules in force and how they came to be.
	 *
	 * @param revision the rule set in force
	 * @param appliedAt when it was put in force
	 * @param refused why a newer set is not in force; empty when this is the newest
	 * @param enforcedBy what runs each segment of the chain in this process
	 * @param rules the rules, in the order of the chain
	 */
	public record Description(String revision, Instant appliedAt, List<RuleFault> refused,
			Map<Segment, String> enforcedBy, List<DescribedRule> rules) {
	}

	/**
	 * A rule as it acts in this process.
	 *
	 * @param type its type
	 * @param id its id
	 * @param origin where it was written
	 * @param revision the rule set it came with
	 * @param direction the side it acts on
	 * @param stage where in the chain it acts
	 * @param enforcement what it may do, kill switches considered
	 * @param state the running state
	 * @param note what keeps it from acting here, if anything
	 * @param rule the rule itself
	 */
	public record DescribedRule(String type, String id, String origin, String revision, String direction, String stage,
			String enforcement, String state, @Nullable String note, Object rule) {
	}

}
