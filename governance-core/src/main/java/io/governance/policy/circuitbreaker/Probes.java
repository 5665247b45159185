// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;

/**
 * The probes of a half-open breaker, all with one permit. When they do not end, others
 * take their place: those have another permit, so that it is known whose end it is.
 * Thread-safe.
 */
final class Probes {

	private final Decision admitted;

	private final AtomicInteger out;

	private volatile long lastAt;

	/**
	 * Creates them.
	 * @param out how many were let in before, by others whose end counted
	 * @param now the time now
	 * @param ending is told how each of them ends
	 */
	Probes(int out, long now, BiConsumer<Probes, Outcome> ending) {
		this.out = new AtomicInteger(out);
		this.lastAt = now;
		this.admitted = new Decision.Admitted(new Permit.Shared((outcome) -> ending.accept(this, outcome)));
	}

	Decision letIn(long now) {
		this.lastAt = now;
		this.out.incrementAndGet();
		return this.admitted;
	}

	/**
	 * One that said nothing: another one may go.
	 */
	void giveBack() {
		this.out.decrementAndGet();
	}

	/**
	 * How many were let in and not given back.
	 */
	int out() {
		return this.out.get();
	}

	/**
	 * When one was let in last.
	 */
	long lastAt() {
		return this.lastAt;
	}

	void clear() {
		this.out.set(0);
	}

}
