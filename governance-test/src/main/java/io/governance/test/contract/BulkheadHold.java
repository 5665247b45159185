// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.governance.engine.DecisionCounter;
import io.governance.engine.PolicyEngine;
import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Segment;
import io.governance.policy.bulkhead.BulkheadRule;
import io.governance.policy.bulkhead.BulkheadRuleType;
import io.governance.rule.RuleDefinition;

/**
 * A call of the test's own that holds the only permit of a bulkhead.
 */
final class BulkheadHold implements AutoCloseable {

	private final PolicyEngine engine;

	private final Permit permit;

	private final AtomicBoolean released = new AtomicBoolean();

	BulkheadHold(PolicyEngine engine, Segment segment, Call call) {
		this.engine = engine;
		this.permit = ((Decision.Admitted) engine.tryAcquire(segment, call)).permit();
	}

	/**
	 * A bulkhead for one call at a time, in whose queue is one place.
	 */
	static RuleDefinition<?> rule(Match match, String key, Enforcement enforcement, Duration maxWait) {
		return new RuleDefinition<>(new BulkheadRuleType(), "one",
				new BulkheadRule(match, enforcement, 0, CallKey.parse(key), 1, maxWait.isZero() ? 0 : 1, maxWait, 10),
				"test");
	}

	/**
	 * Makes a call that must wait, and ends the own one when it does.
	 */
	<T> T releasedWhenItWaits(Supplier<T> call) {
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<Void> watcher = CompletableFuture.runAsync(() -> {
			while (counted("queued", DecisionCounter.NO_REASON) == 0 && !over.get()) {
				Thread.yield();
			}
			close();
		});
		try {
			return call.get();
		}
		finally {
			over.set(true);
			watcher.join();
		}
	}

	long counted(String decision, String reason) {
		return this.engine.counters()
			.stream()
			.filter((counter) -> counter.type().equals("bulkhead"))
			.mapToLong((counter) -> Objects
				.requireNonNull(counter.counts().get(new DecisionCounter.Key(decision, reason)), decision)
				.sum())
			.sum();
	}

	String state() {
		return this.engine.effectiveRules()
			.stream()
			.filter((rule) -> rule.type().equals("bulkhead"))
			.findFirst()
			.orElseThrow()
			.state();
	}

	@Override
	public void close() {
		if (this.released.compareAndSet(false, true)) {
			this.permit.release(Outcome.response(200, false, 1));
		}
	}

}
