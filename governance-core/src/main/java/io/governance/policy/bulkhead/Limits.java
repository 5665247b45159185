// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

/**
 * The numbers of a rule.
 *
 * @param generation counts the changes of the rule: a bulkhead never goes back to older
 * numbers, whoever asks
 * @param calls how many calls at a time
 * @param waiting how many calls may wait
 * @param waitNanos how long each waits at most, in nanoseconds
 */
record Limits(int generation, int calls, int waiting, long waitNanos) {

	static Limits of(BulkheadRule rule, int generation) {
		return new Limits(generation, rule.maxConcurrentCalls(), rule.maxWaiting(), rule.maxWait().toNanos());
	}

}
