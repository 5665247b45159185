// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.governance.answer.KeptAnswers;

/**
 * What outlives a change of the rule.
 *
 * @param answers what is kept
 * @param flights the calls under way that others may wait for, by key; bounded by who
 * adds to it
 */
record CacheStore(KeptAnswers answers, ConcurrentMap<String, Flight> flights) {

	static CacheStore of(CacheRule rule) {
		return new CacheStore(new KeptAnswers(rule.maxEntries(), rule.maxBytes()), new ConcurrentHashMap<>());
	}

}
