// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import io.governance.policy.Call.Priority;

/**
 * How many calls may be in flight (after Netflix's partitioned limiter). As long as there
 * is room for anybody, anybody may take it. When there is none, a priority may still have
 * as many as its share of the limit, and one at least; so that there may be more than the
 * limit in all, by the shares of those who came late, until the limit has shrunk.
 *
 * @param limit how many in all
 * @param critical how many critical ones in any case
 * @param normal how many of those that say nothing else in any case
 * @param sheddable how many sheddable ones in any case
 */
record Room(int limit, int critical, int normal, int sheddable) {

	/** What is a share of 7 by rounding only must not become 8. */
	private static final double ROUNDING = 1e-9;

	static Room of(double limit, ConcurrencyLimitRule rule) {
		int whole = Math.max(1, (int) limit);
		return new Room(whole, part(whole, rule.share(Priority.CRITICAL)), part(whole, rule.share(Priority.DEFAULT)),
				part(whole, rule.share(Priority.SHEDDABLE)));
	}

	private static int part(int limit, double share) {
		return Math.max(1, (int) Math.ceil(limit * share - ROUNDING));
	}

	int of(Priority priority) {
		return switch (priority) {
			case CRITICAL -> this.critical;
			case DEFAULT -> this.normal;
			case SHEDDABLE -> this.sheddable;
		};
	}

}
