// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.governance.answer.KeptAnswer;
import io.governance.answer.KeptAnswers;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a change of the rule.
 *
 * @param answers what is kept
 * @param flights the calls under way that others may wait for, by key; bounded by who
 * adds to it
 * @param forgotten counts what was forgotten on purpose: what was asked for before that
 * is not kept any more
 */
record CacheStore(KeptAnswers answers, ConcurrentMap<Object, Flight> flights, AtomicLong forgotten) {

	static CacheStore of(CacheRule rule) {
		return new CacheStore(new KeptAnswers(rule.maxEntries(), rule.maxBytes()), new ConcurrentHashMap<>(),
				new AtomicLong());
	}

	/**
	 * Keeps an answer in place of what was kept before, or nothing.
	 */
	void replace(Object key, Call call, @Nullable KeptAnswer kept) {
		KeptAnswer before = this.answers.find(key, call);
		if (kept != null) {
			this.answers.keep(key, kept);
		}
		else if (before != null) {
			this.answers.forget(key, before);
		}
	}

	/**
	 * Forgets some; calls for them that are under way are not kept, and nobody more waits
	 * for them.
	 */
	boolean forget(Predicate<Object> which) {
		this.forgotten.incrementAndGet();
		this.flights.keySet().removeIf(which);
		return this.answers.forget(which);
	}

}
