// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.Comparator;
import java.util.Objects;

import io.governance.execution.ExecutionPolicy;
import io.governance.match.CallMatcher;
import io.governance.match.PathPattern;
import io.governance.observation.LogPolicy;
import io.governance.observation.ObservationPolicy;
import io.governance.observation.TracePolicy;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Stage;
import io.governance.rule.Rule;
import io.governance.rule.RuleDefinition;
import io.governance.selection.SelectionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A rule ready to run: its policy is of one of the four kinds. A rule that is off keeps
 * its policy, and with it its state, for when it is on again.
 */
final class CompiledRule {

	/**
	 * The order of the chain; within a type the more specific rule first, defaults last.
	 */
	static final Comparator<CompiledRule> ORDER = Comparator.comparing(CompiledRule::stage)
		.thenComparing((rule) -> rule.definition.type().name())
		.thenComparing((rule) -> rule.definition.isBuiltIn())
		.thenComparing((rule) -> rule.path)
		.thenComparing((rule) -> -rule.definition.rule().match().conditions())
		.thenComparing((rule) -> -(long) rule.definition.rule().priority())
		.thenComparing((rule) -> rule.definition.id());

	private final RuleDefinition<?> definition;

	private final Direction direction;

	private final Stage stage;

	private final Enforcement enforcement;

	private final Object policy;

	private final RuleState shown;

	private final DecisionCounter counter;

	private final FailureReport failures;

	private final PathPattern path;

	private final CallMatcher matcher;

	private final HeldPermits.Kept held = new HeldPermits.Kept();

	CompiledRule(RuleDefinition<?> definition, Placement placement, Running running, DecisionCounter counter) {
		this.definition = definition;
		this.direction = placement.direction();
		this.stage = placement.stage();
		this.enforcement = placement.enforcement();
		this.policy = running.policy();
		this.shown = running.state();
		this.counter = counter;
		this.failures = running.failures();
		this.path = PathPattern.parse(definition.rule().match().path());
		this.matcher = new CallMatcher(definition.rule().match());
	}

	RuleDefinition<?> definition() {
		return this.definition;
	}

	Rule rule() {
		return this.definition.rule();
	}

	Direction direction() {
		return this.direction;
	}

	Stage stage() {
		return this.stage;
	}

	boolean isOff() {
		return this.enforcement == Enforcement.OFF;
	}

	boolean isShadow() {
		return this.enforcement == Enforcement.SHADOW;
	}

	boolean isAdmission() {
		return this.policy instanceof Policy;
	}

	boolean isExecution() {
		return this.policy instanceof ExecutionPolicy;
	}

	Policy admission() {
		return (Policy) this.policy;
	}

	ExecutionPolicy execution() {
		return (ExecutionPolicy) this.policy;
	}

	TracePolicy trace() {
		return (TracePolicy) this.policy;
	}

	LogPolicy log() {
		return (LogPolicy) this.policy;
	}

	SelectionPolicy selection() {
		return (SelectionPolicy) this.policy;
	}

	Object policy() {
		return this.policy;
	}

	RuleState shown() {
		return this.shown;
	}

	DecisionCounter counter() {
		return this.counter;
	}

	FailureReport failures() {
		return this.failures;
	}

	PathPattern path() {
		return this.path;
	}

	CallMatcher matcher() {
		return this.matcher;
	}

	/**
	 * Asks its admission policy. One that breaks must not break the calls it guards: it
	 * is counted, said, and the call goes on.
	 * @return the decision; {@code null} if it failed
	 */
	@Nullable Decision ask(Call call) {
		try {
			return Objects.requireNonNull(admission().tryAcquire(call), "decision");
		}
		catch (RuntimeException ex) {
			failed(ex);
			return null;
		}
	}

	void failed(@Nullable Throwable error) {
		this.counter.failed();
		this.failures.failed("policy failed, calls are admitted", error);
	}

	/**
	 * What is held with a permit of this rule's.
	 */
	HeldPermits hold(Permit.Shared permit, @Nullable HeldPermits before) {
		return this.held.with(this, permit, before);
	}

	EffectiveRule effective(String revision) {
		return new EffectiveRule(this.definition.type().name(), this.definition.id(), this.definition.origin(),
				revision, this.direction, this.stage, rule().enforcement(), this.enforcement, state(), rule());
	}

	/**
	 * A policy that cannot say how it stands must not keep the others from it, nor a rule
	 * set from being put in force.
	 */
	private String state() {
		try {
			return describe();
		}
		catch (RuntimeException ex) {
			return "policy failed: " + ex.getClass().getSimpleName();
		}
	}

	private String describe() {
		if (this.policy instanceof Policy admission) {
			return admission.state();
		}
		if (this.policy instanceof ExecutionPolicy execution) {
			return execution.state();
		}
		return (this.policy instanceof SelectionPolicy selection) ? selection.state()
				: ((ObservationPolicy) this.policy).state();
	}

	/**
	 * What runs, and where it shows its state.
	 */
	record Running(Object policy, RuleState state, FailureReport failures) {
	}

	/**
	 * Where and how strongly a rule acts.
	 */
	record Placement(Direction direction, Stage stage, Enforcement enforcement) {
	}

}
