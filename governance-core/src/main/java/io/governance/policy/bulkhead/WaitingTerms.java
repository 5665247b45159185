// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.concurrent.atomic.LongAdder;

import io.governance.policy.Decision;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.PolicyContext;
import io.governance.time.TimeSource;

/**
 * What all bulkheads of a rule share.
 *
 * @param time the clock
 * @param full what a call is told for which there is no room, or not in time
 * @param queued counts calls that began to wait
 * @param givenUp counts calls that gave up before their longest wait was over
 */
record WaitingTerms(TimeSource time, Decision.Rejected full, LongAdder queued, LongAdder givenUp) {

	static WaitingTerms of(PolicyContext context) {
		Rejection rejection = new Rejection(Reason.BULKHEAD_FULL, context.rule(), 0);
		return new WaitingTerms(context.time(), new Decision.Rejected(rejection),
				context.events().apply(BulkheadRuleType.QUEUED), context.events().apply(BulkheadRuleType.GIVEN_UP));
	}

	Rejection rejection() {
		return this.full.rejection();
	}

	long now() {
		return this.time.nanoTime();
	}

}
