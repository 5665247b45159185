// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.caching;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.execution.AnswerCache;
import io.governance.execution.CacheTurn;
import io.governance.execution.Deadline;
import io.governance.resilience.admission.Patience;
import org.jspecify.annotations.Nullable;

/**
 * One question for a value that is loaded where there is none. Never waits. To be ended
 * by {@link #loaded} or {@link #failed}.
 */
final class Loading {

	private static final int NOTHING = 404;

	private final CacheCall call;

	private final List<AnswerCache> caches;

	private final Patience patience;

	private final List<CacheTurn.Make> makes = new CopyOnWriteArrayList<>();

	private @Nullable Deadline waits;

	Loading(CacheCall call, List<AnswerCache> caches, CacheSettings settings) {
		this.call = call;
		this.caches = caches;
		this.patience = new Patience(settings.time(), call.context().deadline());
	}

	static Answer answer(@Nullable Object value) {
		return new Answer((value != null) ? 200 : NOTHING, Map.of(), new byte[0], value);
	}

	/**
	 * Asks the caches, of which one may act.
	 */
	CacheTurn turn() {
		CacheTurn acting = CacheTurn.Make.PLAIN;
		for (AnswerCache cache : this.caches) {
			CacheTurn turn = make(cache.turn(this.call));
			acting = (turn instanceof CacheTurn.Make) ? acting : turn;
		}
		return acting;
	}

	CacheTurn after(CacheTurn.Wait wait, CacheTurn.@Nullable Shared shared) {
		return make((shared != null) ? shared.turn(this.call) : wait.alone());
	}

	private CacheTurn make(CacheTurn turn) {
		if (turn instanceof CacheTurn.Make make) {
			this.makes.add(make);
		}
		return turn;
	}

	/**
	 * How long to wait for another one: not beyond the caller's time, and all waits
	 * together not longer than the first may be.
	 */
	long waitNanos(CacheTurn.Wait wait) {
		Deadline end = this.waits;
		if (end == null) {
			end = new Deadline(this.patience.time().nanoTime() + wait.maxNanos());
			this.waits = end;
		}
		return this.patience.bound(Math.max(0, Math.min(wait.maxNanos(), end.remainingNanos(this.patience.time()))));
	}

	void loaded(@Nullable Object value) {
		AnswerHead head = new AnswerHead(answer(value).status(), Map.of());
		for (CacheTurn.Make make : this.makes) {
			AnswerCopy copy = make.copyOf(head);
			if (copy != null) {
				copy.complete(value);
			}
		}
	}

	void failed(boolean cancelled) {
		this.makes.forEach((make) -> make.ended(cancelled));
	}

}
