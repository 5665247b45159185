// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import org.jspecify.annotations.Nullable;

/**
 * Shared permits of one rule after the other, which are a shared permit themselves: what
 * calls to the same service are given is the same each time, and made once. Immutable.
 */
final class HeldPermits implements Permit {

	private final CompiledRule rule;

	private final Permit.Shared permit;

	private final @Nullable HeldPermits before;

	private final Decision admitted = new Decision.Admitted(this);

	private HeldPermits(CompiledRule rule, Permit.Shared permit, @Nullable HeldPermits before) {
		this.rule = rule;
		this.permit = permit;
		this.before = before;
	}

	Decision admitted() {
		return this.admitted;
	}

	private boolean isOf(Permit.Shared other, @Nullable HeldPermits others) {
		return this.permit == other && this.before == others;
	}

	@Override
	public void release(Outcome outcome) {
		for (HeldPermits held = this; held != null; held = held.before) {
			try {
				held.permit.release(outcome);
			}
			catch (RuntimeException ex) {
				held.rule.failures().failed("permit failed on release", ex);
			}
		}
	}

	/**
	 * Those that were made last for a rule. Thread-safe; calls to more services than
	 * there are places have theirs made anew.
	 */
	static final class Kept {

		/** A power of two. */
		private static final int PLACES = 16;

		private final AtomicReferenceArray<@Nullable HeldPermits> places = new AtomicReferenceArray<>(PLACES);

		/**
		 * What is held with one more permit.
		 */
		HeldPermits with(CompiledRule rule, Permit.Shared permit, @Nullable HeldPermits before) {
			int place = System.identityHashCode(permit) & (PLACES - 1);
			HeldPermits known = this.places.get(place);
			if (known != null && known.isOf(permit, before)) {
				return known;
			}
			HeldPermits made = new HeldPermits(rule, permit, before);
			this.places.set(place, made);
			return made;
		}

	}

}
