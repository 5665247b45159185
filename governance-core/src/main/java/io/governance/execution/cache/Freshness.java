// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.util.Set;
import java.util.random.RandomGenerator;

import io.governance.answer.KeptAnswer;

/**
 * How long an answer is given again. Times are spread by 5 % to both sides (go-zero,
 * {@code core/stores/cache}), and by the rule as it is now: a change of times holds for
 * what is kept already.
 */
final class Freshness {

	/** The status of what stands for an answer that is not to be kept. */
	static final int PASS = 0;

	private static final double DEVIATION = 0.05;

	private static final Set<Integer> NEGATIVE = Set.of(404, 410);

	private final long ttlNanos;

	private final long negativeNanos;

	Freshness(CacheRule rule) {
		this.ttlNanos = rule.ttl().toNanos();
		this.negativeNanos = rule.negativeTtl().toNanos();
	}

	static double spread(RandomGenerator random) {
		return 1 - DEVIATION + 2 * DEVIATION * random.nextDouble();
	}

	boolean isKept(int status) {
		return status / 100 == 2 || (NEGATIVE.contains(status) && this.negativeNanos > 0);
	}

	boolean isFresh(KeptAnswer kept, long now) {
		long ttl = NEGATIVE.contains(kept.answer().status()) ? this.negativeNanos : this.ttlNanos;
		return kept.ageNanos(now) < Math.min(kept.maxNanos(), (long) (ttl * kept.spread()));
	}

}
