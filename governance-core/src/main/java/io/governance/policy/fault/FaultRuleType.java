// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.governance.policy.Direction;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Declares {@code fault}. Of the rules that match a call the most specific one applies.
 * The calls of the last minute stay counted through every change of a rule.
 */
public final class FaultRuleType implements AdmissionRuleType<FaultRule> {

	/** A call is held up. */
	static final String DELAYED = "delayed";

	/** A call is made to fail. */
	static final String ABORTED = "aborted";

	/** A call was to meet a fault, and did not: enough others had. */
	static final String SPARED = "spared";

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofHours(1);

	@Override
	public String name() {
		return "fault";
	}

	@Override
	public Class<FaultRule> ruleClass() {
		return FaultRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND, Direction.INBOUND);
	}

	@Override
	public Stage stage(FaultRule rule, Direction direction) {
		return (direction == Direction.OUTBOUND) ? Stage.FAULT : Stage.INBOUND_FAULT;
	}

	@Override
	public List<Violation> validate(FaultRule rule) {
		List<Violation> violations = new ArrayList<>();
		if (rule.delay() == null && rule.abort() == null) {
			violations.add(new Violation("delay", "none", "delay, abort or both"));
		}
		Duration delay = rule.delay();
		if (delay != null && (delay.compareTo(SHORTEST) < 0 || delay.compareTo(LONGEST) > 0)) {
			violations.add(new Violation("delay", delay.toString(), "1ms to 1h"));
		}
		boolean inbound = rule.match().direction() == Direction.INBOUND;
		if (inbound && !Abort.isAnswerable(rule.abort())) {
			violations.add(new Violation("abort", String.valueOf(rule.abort()), "a status from 400 to 599, inbound"));
		}
		checkShare("delay-share", rule.delayShare(), "delay", rule.delay(), violations);
		checkShare("abort-share", rule.abortShare(), "abort", rule.abort(), violations);
		checkShare("max-share", rule.maxShare(), "", "", violations);
		return violations;
	}

	private static void checkShare(String component, @Nullable Double share, String of, @Nullable Object what,
			List<Violation> violations) {
		if (share == null) {
			return;
		}
		if (!(share >= 0 && share <= 100)) {
			violations.add(new Violation(component, share.toString(), "0 to 100"));
		}
		if (what == null) {
			violations.add(new Violation(component, share.toString(), of + " to be set as well"));
		}
	}

	/**
	 * None: what is injected is no rejection of the engine's. It lets the call pass, with
	 * the fault for whoever runs it.
	 */
	@Override
	public List<Reason> reasons() {
		return List.of();
	}

	@Override
	public Set<String> events() {
		return Set.of(DELAYED, ABORTED, SPARED);
	}

	@Override
	public Policy newPolicy(FaultRule rule, PolicyContext context) {
		return new FaultPolicy(rule, context, new BlastRadius(context.time()));
	}

	@Override
	public Policy inherit(Policy running, FaultRule before, FaultRule rule, PolicyContext context) {
		return ((FaultPolicy) running).changedTo(rule, context);
	}

}
