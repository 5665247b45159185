// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.fallback;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.execution.CallFailure;
import io.governance.execution.ExecutionPlan;
import io.governance.execution.ExecutionPolicy;
import io.governance.execution.FailureMatch;
import io.governance.execution.Fallback;
import io.governance.policy.Call;
import io.governance.rule.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers the failures of one rule out of one source, and says so in a header.
 */
final class FallbackPolicy implements ExecutionPolicy, Fallback {

	/** On an answer that is not the callee's: the id of the rule that gave it. */
	static final String HEADER = "x-governance-fallback";

	private final FallbackRule rule;

	private final FallbackSource source;

	private final String id;

	private final LongAdder answered;

	private final LongAdder unanswered;

	/** What was called last that could not be given its answer. */
	private volatile @Nullable String unfit;

	FallbackPolicy(FallbackRule rule, PolicyContext context, FallbackSource source) {
		this.rule = rule;
		this.source = source;
		this.id = context.rule().substring(context.rule().indexOf('/') + 1);
		this.answered = context.events().apply(FallbackRuleType.ANSWERED);
		this.unanswered = context.events().apply(FallbackRuleType.UNANSWERED);
	}

	FallbackSource source() {
		return this.source;
	}

	@Override
	public ExecutionPlan contribute(Call call, ExecutionPlan plan) {
		return plan.withFallback(this);
	}

	@Override
	public ExecutionPlan shadow(Call call, ExecutionPlan plan) {
		return plan.withFallback(new Shadow(this));
	}

	@Override
	public @Nullable Answer insteadOf(Call call, CallFailure failure, Predicate<Answer> fits) {
		if (!FailureMatch.any(this.rule.fallbackOn(), failure)) {
			return null;
		}
		Answer answer = this.source.answer(call, failure);
		if (answer == null || !fits.test(answer)) {
			this.unanswered.increment();
			this.unfit = (answer != null) ? call.service() + call.path() : this.unfit;
			return null;
		}
		this.answered.increment();
		return answer.with(HEADER, this.id).to(call.method());
	}

	@Override
	public @Nullable AnswerCopy copyOf(Call call, AnswerHead head) {
		return this.source.copyOf(call, head);
	}

	@Override
	public String state() {
		String at = this.unfit;
		return (this.source.state() + ((at != null) ? " not enforceable here: no answer for " + at : "")).trim();
	}

	/**
	 * Keeps and counts, and never answers.
	 */
	private record Shadow(FallbackPolicy policy) implements Fallback {

		@Override
		public @Nullable Answer insteadOf(Call call, CallFailure failure, Predicate<Answer> fits) {
			this.policy.insteadOf(call, failure, fits);
			return null;
		}

		@Override
		public @Nullable AnswerCopy copyOf(Call call, AnswerHead head) {
			return this.policy.copyOf(call, head);
		}

	}

}
