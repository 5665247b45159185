// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.time.Duration;

import io.governance.match.CallKey;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Rejection;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;

/**
 * A bulkhead that a test drives.
 */
final class BulkheadTestBed {

	static final Duration WAIT = Duration.ofMillis(100);

	static final Outcome OK = Outcome.response(200, false, 1_000_000);

	final ManualTimeSource time = new ManualTimeSource();

	final TestContext context = new TestContext("bulkhead/b", this.time);

	final BulkheadRuleType type = new BulkheadRuleType();

	private BulkheadRule rule;

	Policy policy;

	BulkheadTestBed(BulkheadRule rule) {
		this.rule = rule;
		this.policy = this.type.newPolicy(rule, this.context.context());
	}

	BulkheadTestBed(int calls, int waiting) {
		this(rule(calls, waiting));
	}

	static BulkheadRule rule(int calls, int waiting) {
		return rule("service", calls, waiting, 10);
	}

	static BulkheadRule rule(String key, int calls, int waiting, int maxKeys) {
		return new BulkheadRule(null, null, 0, CallKey.parse(key), calls, waiting, WAIT, maxKeys);
	}

	/** What the engine does with a rule that changes. */
	void change(BulkheadRule next) {
		this.policy = this.type.inherit(this.policy, this.rule, next, this.context.context());
		this.rule = next;
	}

	Decision ask(Call call) {
		return this.policy.tryAcquire(call);
	}

	Decision ask() {
		return ask(FakeCall.to("inventory"));
	}

	Permit admit() {
		return ((Decision.Admitted) ask()).permit();
	}

	Decision.Pending queue() {
		return (Decision.Pending) ask();
	}

	Rejection reject() {
		return ((Decision.Rejected) ask()).rejection();
	}

	String state() {
		return this.policy.state();
	}

}
