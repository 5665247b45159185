// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.fallback;

import java.util.concurrent.TimeUnit;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.answer.AnswerKey;
import io.governance.answer.KeptAnswer;
import io.governance.answer.KeptAnswers;
import io.governance.execution.CallFailure;
import io.governance.policy.Call;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The last good answers to the requests of a rule, of each principal apart.
 */
final class LastGoodAnswers implements FallbackSource {

	private final FallbackRule rule;

	private final TimeSource time;

	private final KeptAnswers kept;

	LastGoodAnswers(FallbackRule rule, TimeSource time, KeptAnswers kept) {
		this.rule = rule;
		this.time = time;
		this.kept = kept;
	}

	KeptAnswers kept() {
		return this.kept;
	}

	@Override
	public @Nullable Answer answer(Call call, CallFailure failure) {
		Object key = AnswerKey.of(call, this.rule.keyHeaders(), false);
		KeptAnswer last = (key != null) ? this.kept.find(key, call) : null;
		if (key == null || last == null) {
			return null;
		}
		long age = last.ageNanos(this.time.nanoTime());
		if (age > this.rule.maxAge().toNanos()) {
			this.kept.forget(key, last);
			return null;
		}
		return last.answer().with("age", Long.toString(TimeUnit.NANOSECONDS.toSeconds(age)));
	}

	@Override
	public @Nullable AnswerCopy copyOf(Call call, AnswerHead head) {
		if (head.status() / 100 != 2 || !head.mayBeKept()) {
			return null;
		}
		Object key = AnswerKey.of(call, this.rule.keyHeaders(), false);
		if (key == null) {
			return null;
		}
		var chosenBy = KeptAnswer.chosenBy(call, head);
		return new AnswerCopy(head, this.rule.maxBodyBytes(), (answer) -> {
			if (answer != null) {
				this.kept.keep(key, new KeptAnswer(answer, chosenBy, this.time.nanoTime()));
			}
		});
	}

	@Override
	public String state() {
		return this.kept.describe();
	}

}
