// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

import io.governance.execution.ExecutionPlan;
import io.governance.execution.ExecutionPolicy;
import io.governance.load.CpuLoad;
import io.governance.observation.LogPolicy;
import io.governance.observation.TraceHead;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Segment;
import io.governance.policy.Stage;
import io.governance.process.ProcessResources;
import io.governance.rule.RuleSet;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides on calls by the rule set in force. Thread-safe; calls never wait for a change
 * of rules, and each is decided by one whole set.
 */
public final class PolicyEngine {

	private final RuleCompiler compiler;

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final List<Runnable> stateListeners = new CopyOnWriteArrayList<>();

	private final RecentRejections rejections;

	private final LongAdder inboundDeadlines = new LongAdder();

	private final LongAdder outboundDeadlines = new LongAdder();

	private volatile CompiledRules rules = new CompiledRules(RuleSet.EMPTY.revision(), List.of());

	/**
	 * Creates an engine without rules, for a process whose CPU load nobody knows.
	 * @param service this process's own service, which inbound rules must match
	 * @param time the clock
	 * @param random the source of chance; must be thread-safe
	 */
	public PolicyEngine(String service, TimeSource time, RandomGenerator random) {
		this(service, time, random, CpuLoad.UNKNOWN);
	}

	/**
	 * Creates an engine without rules.
	 * @param service this process's own service, which inbound rules must match
	 * @param time the clock
	 * @param random the source of chance; must be thread-safe
	 * @param cpu how busy this process is
	 */
	public PolicyEngine(String service, TimeSource time, RandomGenerator random, CpuLoad cpu) {
		this(service, time, random, ProcessResources.of(cpu));
	}

	/**
	 * Creates an engine without rules.
	 * @param service this process's own service, which inbound rules must match
	 * @param time the clock
	 * @param random the source of chance; must be thread-safe
	 * @param process what rules may go by
	 */
	public PolicyEngine(String service, TimeSource time, RandomGenerator random, ProcessResources process) {
		this.rejections = new RecentRejections(time);
		this.compiler = new RuleCompiler(service, time, random, process,
				() -> this.stateListeners.forEach(Runnable::run));
	}

	/**
	 * Puts a rule set in force: all of it, with one write. Rules that are equal to their
	 * predecessors keep their running state.
	 * @param ruleSet the rules, valid
	 */
	public synchronized void apply(RuleSet ruleSet) {
		this.rules = this.compiler.compile(ruleSet, this.rules);
		this.listeners.forEach(Runnable::run);
	}

	/**
	 * Asks the admission rules of a segment.
	 * @param segment the segment
	 * @param call the call
	 * @return the decision; what it admits must be released exactly once
	 */
	public Decision tryAcquire(Segment segment, Call call) {
		CompiledRule[] found = this.rules.admission(segment).find(call);
		if (found.length == 0) {
			return Decision.ADMITTED;
		}
		Decision decision = ChainRun.decide(found, call);
		if (decision instanceof Decision.Rejected rejected) {
			this.rejections.add(call, rejected.rejection());
		}
		return decision;
	}

	/**
	 * The last calls that rules rejected at once; of many a sample.
	 * @return the newest first
	 */
	public List<RecentRejection> recentRejections() {
		return this.rejections.list();
	}

	/**
	 * Says what would happen to a call now. Nothing is taken, changed or counted.
	 * @param call the call, as an operator describes it
	 * @param segments what runs here: rules of other segments do not apply
	 * @return what would happen, and why
	 */
	public Explanation explain(Call call, Set<Segment> segments) {
		return new CallExplainer(this.rules, call, segments).explain();
	}

	/**
	 * Asks the execution rules how a call is to be run.
	 * @param call the call
	 * @return the plan
	 */
	public ExecutionPlan plan(Call call) {
		ExecutionPlan plan = ExecutionPlan.PLAIN;
		for (CompiledRule rule : this.rules.execution(call.direction()).find(call)) {
			plan = contribute(rule, call, plan);
		}
		return plan;
	}

	private static ExecutionPlan contribute(CompiledRule rule, Call call, ExecutionPlan plan) {
		try {
			ExecutionPolicy policy = rule.execution();
			ExecutionPlan contributed = rule.isShadow() ? policy.shadow(call, plan) : policy.contribute(call, plan);
			rule.counter().passed();
			return Objects.requireNonNull(contributed, "plan");
		}
		catch (RuntimeException ex) {
			rule.counter().failed();
			rule.failures().failed("policy failed, calls go on without it", ex);
			return plan;
		}
	}

	/**
	 * Asks the observation rules about the trace that an inbound call begins or joins.
	 * @param call the call; {@code null} for a trace that no call began, which only rules
	 * that hold for every call decide
	 * @param head what came with it
	 * @return what was decided, to be told how the call ended
	 */
	public ObservedTrace observe(@Nullable Call call, TraceHead head) {
		CompiledRules current = this.rules;
		return ObservedTrace.ask((call != null) ? current.traces().find(call) : current.rootTraces(), call, head);
	}

	/**
	 * Asks the selection rules where a call goes. To be asked once per call, and kept for
	 * all of its attempts.
	 * @param call the outbound call
	 * @return what was decided; its copies must be released
	 */
	public CallSelection select(Call call) {
		return CallSelection.ask(this.rules.selections().find(call), call);
	}

	/**
	 * How instances of a service are chosen, for all calls to it. Not to be asked for
	 * each call: the answer holds until the rules change.
	 * @param service the called service
	 * @return the policies; those of rules that did not change are the same objects
	 */
	public ServiceSelection selectionOf(String service) {
		CompiledRules current = this.rules;
		return new ServiceSelection(current.ofService(service), current.destinationsOf(service));
	}

	/**
	 * The log levels that enforced rules want now, the rule that comes first of those
	 * that name a logger being the one that applies.
	 * @return levels by rule, in order
	 */
	public List<ActiveLogLevels> logLevels() {
		List<ActiveLogLevels> wanted = new ArrayList<>();
		for (CompiledRule rule : this.rules.logs()) {
			LogPolicy policy = rule.log();
			long remaining = policy.remainingNanos();
			if (remaining > 0 && !rule.isShadow()) {
				wanted.add(
						new ActiveLogLevels(rule.definition().key(), policy.levels(), remaining, policy.untilMillis()));
			}
		}
		return wanted;
	}

	/**
	 * The rules as they act in this process.
	 * @return the rules, in the order of the chain
	 */
	public List<EffectiveRule> effectiveRules() {
		CompiledRules current = this.rules;
		return current.rules()
			.stream()
			.sorted(CompiledRule.ORDER)
			.map((rule) -> rule.effective(current.revision()))
			.toList();
	}

	/**
	 * Whether a rule acts on a stage, if only in the shadow.
	 * @param stage the stage
	 * @return whether there is a rule that is not off
	 */
	public boolean hasRuleAt(Stage stage) {
		return this.rules.rules().stream().anyMatch((rule) -> rule.stage() == stage && !rule.isOff());
	}

	/**
	 * The counters of the rules in force.
	 * @return the counters
	 */
	public List<DecisionCounter> counters() {
		return this.rules.rules().stream().filter((rule) -> !rule.isOff()).map(CompiledRule::counter).toList();
	}

	/**
	 * The states of the rules in force that keep one per called service.
	 * @return the states, live
	 */
	public List<RuleState> states() {
		return this.rules.rules().stream().map(CompiledRule::shown).toList();
	}

	/**
	 * Has a listener run after a rule began or ceased to keep a state for a service; on
	 * the thread of the call that caused it.
	 * @param listener the listener
	 */
	public void onStateChange(Runnable listener) {
		this.stateListeners.add(listener);
	}

	/**
	 * Counts calls that ended because their time was up.
	 * @param direction the side
	 * @return the live count of that side
	 */
	public LongAdder deadlinesExceeded(Direction direction) {
		return (direction == Direction.INBOUND) ? this.inboundDeadlines : this.outboundDeadlines;
	}

	/**
	 * This process's own service, which inbound rules must match.
	 * @return its name
	 */
	public String service() {
		return this.compiler.service();
	}

	/**
	 * The revision of the rule set in force.
	 * @return the revision
	 */
	public String revision() {
		return this.rules.revision();
	}

	/**
	 * Has a listener run after each change of the rule set.
	 * @param listener the listener
	 */
	public void onChange(Runnable listener) {
		this.listeners.add(listener);
	}

}
