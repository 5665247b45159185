// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.governance.execution.ExecutionPolicy;
import io.governance.observation.ObservationPolicy;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Policy;
import io.governance.process.ProcessResources;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.ExecutionRuleType;
import io.governance.rule.ObservationRuleType;
import io.governance.rule.PolicyContext;
import io.governance.rule.Rule;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.rule.RuleType;
import io.governance.rule.SelectionRuleType;
import io.governance.selection.SelectionPolicy;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a rule set, taking over from the previous one the policies of rules that did
 * not change and the counters of all rules that are still there.
 */
final class RuleCompiler {

	private final String service;

	private final TimeSource time;

	private final RandomGenerator random;

	private final ProcessResources process;

	private final Runnable stateChanged;

	RuleCompiler(String service, TimeSource time, RandomGenerator random, ProcessResources process,
			Runnable stateChanged) {
		this.stateChanged = stateChanged;
		this.service = service;
		this.time = time;
		this.random = random;
		this.process = process;
	}

	String service() {
		return this.service;
	}

	CompiledRules compile(RuleSet ruleSet, CompiledRules previous) {
		Map<String, CompiledRule> before = new HashMap<>();
		previous.rules().forEach((rule) -> before.put(rule.definition().key(), rule));
		List<CompiledRule> compiled = new ArrayList<>();
		for (RuleDefinition<?> definition : ruleSet.rules()) {
			Enforcement enforcement = ruleSet.overrides()
				.effective(definition.type().name(), definition.rule().enforcement());
			CompiledRule rule = compile(definition, enforcement, before.get(definition.key()));
			if (rule != null) {
				compiled.add(rule);
			}
		}
		return new CompiledRules(ruleSet.revision(), compiled);
	}

	private <R extends Rule> @Nullable CompiledRule compile(RuleDefinition<R> definition, Enforcement enforcement,
			@Nullable CompiledRule before) {
		Direction written = definition.rule().match().direction();
		Direction direction = (written != null) ? written : definition.type().directions().get(0);
		String called = definition.rule().match().service();
		if (direction == Direction.INBOUND && called != null && !called.equals(this.service)) {
			// written for another service: a shared file may hold everybody's rules
			return null;
		}
		CompiledRule.Placement placement = new CompiledRule.Placement(direction,
				definition.type().stage(definition.rule(), direction), enforcement);
		DecisionCounter counter = counter(definition, enforcement, before);
		RuleState state = new RuleState(definition.type().name(), definition.id(), this.stateChanged);
		Object policy = policy(definition,
				new PolicyContext(definition.key(), this.time, this.random, counter::event, state, this.process),
				before);
		// a policy that runs on shows its state where it always did
		RuleState shown = (before != null && continues(policy, before.policy())) ? before.shown() : state;
		FailureReport failures = (before != null) ? before.failures() : new FailureReport(definition.key(), this.time);
		return new CompiledRule(definition, placement, new CompiledRule.Running(policy, shown, failures), counter);
	}

	private static boolean continues(Object policy, Object before) {
		return policy == before
				|| (policy instanceof Policy next && before instanceof Policy last && next.continues(last));
	}

	private static DecisionCounter counter(RuleDefinition<?> definition, Enforcement enforcement,
			@Nullable CompiledRule before) {
		return (before != null) ? before.counter().at(enforcement)
				: new DecisionCounter(definition.type(), definition.id(), enforcement);
	}

	@SuppressWarnings("unchecked")
	private static <R extends Rule> Object policy(RuleDefinition<R> definition, PolicyContext context,
			@Nullable CompiledRule before) {
		R rule = definition.rule();
		RuleType<R> type = definition.type();
		if (before == null || before.definition().type().getClass() != type.getClass()) {
			return newPolicy(type, rule, context);
		}
		R old = (R) before.rule();
		return old.equals(rule) ? before.policy() : inherit(type, before.policy(), old, rule, context);
	}

	private static <R extends Rule> Object newPolicy(RuleType<R> type, R rule, PolicyContext context) {
		if (type instanceof AdmissionRuleType<R> admission) {
			return admission.newPolicy(rule, context);
		}
		if (type instanceof SelectionRuleType<R> selection) {
			return selection.newPolicy(rule, context);
		}
		return (type instanceof ExecutionRuleType<R> execution) ? execution.newPolicy(rule, context)
				: ((ObservationRuleType<R>) type).newPolicy(rule, context);
	}

	private static <R extends Rule> Object inherit(RuleType<R> type, Object running, R old, R rule,
			PolicyContext context) {
		if (type instanceof AdmissionRuleType<R> admission) {
			return admission.inherit((Policy) running, old, rule, context);
		}
		if (type instanceof SelectionRuleType<R> selection) {
			return selection.inherit((SelectionPolicy) running, old, rule, context);
		}
		return (type instanceof ExecutionRuleType<R> execution)
				? execution.inherit((ExecutionPolicy) running, old, rule, context)
				: ((ObservationRuleType<R>) type).inherit((ObservationPolicy) running, old, rule, context);
	}

}
