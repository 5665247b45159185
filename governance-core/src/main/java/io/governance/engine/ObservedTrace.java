// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.Objects;

import io.governance.observation.TraceHead;
import io.governance.observation.TraceVerdict;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What the observation rules decided about a trace. Whoever asked tells how the call
 * ended. Thread-safe.
 */
public final class ObservedTrace {

	/** No rule decided. */
	public static final ObservedTrace UNDECIDED = new ObservedTrace(RuleIndex.NOTHING, null);

	private final CompiledRule[] rules;

	private final @Nullable TraceVerdict verdict;

	private ObservedTrace(CompiledRule[] rules, @Nullable TraceVerdict verdict) {
		this.rules = rules;
		this.verdict = verdict;
	}

	static ObservedTrace ask(CompiledRule[] rules, @Nullable Call call, TraceHead head) {
		if (rules.length == 0) {
			return UNDECIDED;
		}
		TraceVerdict verdict = null;
		for (CompiledRule rule : rules) {
			TraceVerdict given = ask(rule, call, head);
			verdict = rule.isShadow() ? verdict : given;
		}
		return new ObservedTrace(rules, verdict);
	}

	private static @Nullable TraceVerdict ask(CompiledRule rule, @Nullable Call call, TraceHead head) {
		try {
			TraceVerdict verdict = Objects.requireNonNull(rule.trace().decide(call, head), "verdict");
			rule.counter().decided(verdict);
			return verdict;
		}
		catch (RuntimeException ex) {
			rule.counter().failed();
			rule.failures().failed("policy failed, traces are undecided by it", ex);
			return null;
		}
	}

	/**
	 * What was decided.
	 * @return the verdict; {@code null} where no enforced rule decided
	 */
	public @Nullable TraceVerdict verdict() {
		return this.verdict;
	}

	/**
	 * Tells the rules how the call ended.
	 * @param outcome the ending
	 */
	public void ended(Outcome outcome) {
		for (CompiledRule rule : this.rules) {
			try {
				rule.trace().ended(outcome);
			}
			catch (RuntimeException ex) {
				rule.counter().failed();
				rule.failures().failed("policy failed on an ending", ex);
			}
		}
	}

}
