// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.util.List;
import java.util.Map;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.answer.KeptAnswer;
import io.governance.execution.CacheTurn;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * A call that is made, and whose answer is kept; others may wait for it. What may not be
 * kept is remembered as such, so that nobody waits for it the next time.
 */
final class Making implements CacheTurn.Make {

	private static final Answer PASSED = new Answer(Freshness.PASS, Map.of(), new byte[0]);

	private final CachePolicy policy;

	private final Object key;

	private final Call call;

	private final @Nullable Flight flight;

	private final long forgotten;

	Making(CachePolicy policy, Object key, Call call, @Nullable Flight flight) {
		this.policy = policy;
		this.key = key;
		this.call = call;
		this.flight = flight;
		this.forgotten = policy.store().forgotten().get();
	}

	@Override
	public @Nullable AnswerCopy copyOf(AnswerHead head) {
		if (!this.policy.freshness().isKept(head.status())) {
			ended(false);
			return null;
		}
		Map<String, List<String>> chosenBy = KeptAnswer.chosenBy(this.call, head);
		if (!head.mayBeKept() || head.maxAgeNanos() == 0 || isTooLarge(head)) {
			keep(PASSED, chosenBy, Long.MAX_VALUE);
			ended(false);
			return null;
		}
		return new AnswerCopy(head, this.policy.rule().maxBodyBytes(), (answer) -> {
			if (answer == null) {
				pass(false);
				return;
			}
			KeptAnswer kept = keep(answer, chosenBy, head.maxAgeNanos());
			land((waiting) -> this.policy.shared(this.key, waiting, kept));
		}, () -> pass(true));
	}

	private void pass(boolean cancelled) {
		keep(PASSED, Map.of(), Long.MAX_VALUE);
		ended(cancelled);
	}

	private boolean isTooLarge(AnswerHead head) {
		return !"HEAD".equals(this.call.method()) && head.isLargerThan(this.policy.rule().maxBodyBytes());
	}

	private KeptAnswer keep(Answer answer, Map<String, List<String>> chosenBy, long maxNanos) {
		KeptAnswer kept = new KeptAnswer(answer, chosenBy, this.policy.now(), maxNanos, this.policy.spread());
		CacheStore store = this.policy.store();
		store.answers().keep(this.key, kept);
		if (store.forgotten().get() != this.forgotten) {
			store.answers().forget(this.key, kept);
		}
		return kept;
	}

	@Override
	public void ended(boolean cancelled) {
		land(cancelled ? (waiting) -> this.policy.again(this.key, waiting)
				: (waiting) -> this.policy.alone(this.key, waiting));
	}

	private void land(CacheTurn.Shared shared) {
		if (this.flight != null) {
			this.policy.store().flights().remove(this.key, this.flight);
			this.flight.end().complete(shared);
		}
	}

}
