// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Call.Priority;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A shedder that a test drives: its clock, its CPU and its calls.
 */
final class SheddingTestBed {

	final ManualTimeSource time = new ManualTimeSource();

	final TestContext context = new TestContext("load-shedding/s", this.time, () -> this.cpu);

	final LoadSheddingRuleType type = new LoadSheddingRuleType();

	final Deque<Permit> inFlight = new ArrayDeque<>();

	volatile double cpu;

	Policy policy;

	SheddingTestBed() {
		this(rule(90, 1));
	}

	SheddingTestBed(LoadSheddingRule rule) {
		this.policy = this.type.newPolicy(rule, this.context.context());
	}

	static LoadSheddingRule rule(@Nullable Integer cpuThreshold, @Nullable Integer minLimit) {
		return new LoadSheddingRule(null, null, 0, cpuThreshold, minLimit);
	}

	static Call call(Priority priority) {
		return FakeCall.at("orders").priority(priority);
	}

	Decision ask(Priority priority) {
		return this.policy.tryAcquire(call(priority));
	}

	/** Begins a call if it may. */
	boolean begin(Priority priority) {
		if (ask(priority) instanceof Decision.Admitted admitted) {
			this.inFlight.add(admitted.permit());
			return true;
		}
		return false;
	}

	boolean begin() {
		return begin(Priority.DEFAULT);
	}

	void begin(int calls) {
		for (int i = 0; i < calls; i++) {
			if (!begin()) {
				throw new AssertionError("call " + i + " was dropped");
			}
		}
	}

	void end(Outcome outcome) {
		this.inFlight.remove().release(outcome);
	}

	void answer(int calls, long millis) {
		for (int i = 0; i < calls; i++) {
			end(answered(200, millis));
		}
	}

	static Outcome answered(int status, long millis) {
		return Outcome.response(status, false, Duration.ofMillis(millis).toNanos());
	}

	/**
	 * Has 40 calls answered after 20 ms in a bucket that is over, which makes 8 the best
	 * number of calls in flight, and brings others in flight, now and on average.
	 */
	void busy(int calls) {
		begin(40);
		answer(40, 20);
		nextBucket();
		keep(calls);
	}

	/** Has calls take longer, from now on, than they once did. */
	void slow() {
		for (int bucket = 0; bucket < 2; bucket++) {
			begin(1);
			answer(1, 1);
			nextBucket();
		}
		this.time.advanceNanos(PassWindow.BUCKETS * PassWindow.BUCKET_NANOS);
	}

	/** Brings calls in flight, now and on average, without an answer that counts. */
	void keep(int calls) {
		double before = this.cpu;
		this.cpu = 0;
		begin(calls - this.inFlight.size());
		for (int i = 0; i < 100; i++) {
			begin();
			end(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
		}
		this.cpu = before;
	}

	void nextBucket() {
		this.time.advanceNanos(PassWindow.BUCKET_NANOS);
	}

}
