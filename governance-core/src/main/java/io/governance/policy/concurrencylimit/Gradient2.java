// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

/**
 * Netflix's Gradient2, one step per window. With a window's mean time as short, and the
 * moving average of those as long:
 *
 * <pre>
 * long     = mean of the first 10, then EMA of factor 2 / (long-window + 1);
 *            less 5 % where it is more than twice the short: it is from an overload
 * gradient = tolerance * long / short, within 0.5 and 1
 * limit    = (1 - smoothing) * limit + smoothing * (gradient * limit + queue)
 * </pre>
 *
 * within min and max, and only if half of the limit was used. Two faults of the original
 * are mended, unless the rule says otherwise: it does not look at drops, which are a
 * gradient of 0.5 here; and under a moderate overload, at a gradient of 0.8 for limits
 * around 20, its queue makes up for all that the gradient takes away, so that the limit
 * never shrinks. Here the queue is added at a gradient of 1 only. Immutable.
 *
 * @param limit how many calls may be in flight
 * @param usual the long time, in nanoseconds; 0 when unknown
 * @param latest the short time, in nanoseconds; 0 when unknown
 * @param learnt how many windows the long time is made of
 */
record Gradient2(double limit, double usual, double latest, int learnt) {

	private static final int PLAIN_MEAN = 10;

	private static final double STEEPEST = 0.5;

	private static final double MUCH_LONGER = 2;

	private static final double FORGET = 0.95;

	static Gradient2 startingAt(double limit) {
		return new Gradient2(limit, 0, 0, 0);
	}

	/**
	 * The same under other numbers: what it learnt stays.
	 */
	Gradient2 under(ConcurrencyLimitRule rule) {
		return (this.learnt == 0) ? startingAt(rule.initial())
				: new Gradient2(clamp(this.limit, rule.min(), rule.max()), this.usual, this.latest, this.learnt);
	}

	Gradient2 next(Window.Sample sample, ConcurrencyLimitRule rule) {
		Gradient2 timed = (sample.timed() > 0) ? learn(sample.nanos(), rule.longWindow()) : this;
		if (2 * sample.mostInFlight() < this.limit) {
			// whether that many are too many was not tried
			return timed;
		}
		double gradient = sample.isDropped(rule.dropShare()) ? STEEPEST : timed.gradient(rule.tolerance());
		return new Gradient2(limit(gradient, rule), timed.usual, timed.latest, timed.learnt);
	}

	private Gradient2 learn(double nanos, int longWindow) {
		int count = Math.min(this.learnt, longWindow) + 1;
		double factor = (count <= PLAIN_MEAN) ? 1.0 / count : 2.0 / (longWindow + 1);
		double mean = this.usual + (nanos - this.usual) * factor;
		return new Gradient2(this.limit, (mean / nanos > MUCH_LONGER) ? mean * FORGET : mean, nanos, count);
	}

	double gradient(double tolerance) {
		return (this.latest > 0) ? clamp(tolerance * this.usual / this.latest, STEEPEST, 1) : 1;
	}

	private double limit(double gradient, ConcurrencyLimitRule rule) {
		double queue = (gradient == 1 || !rule.growOnlyWhenSteady()) ? rule.queue() : 0;
		double wanted = this.limit * gradient + queue;
		return clamp(this.limit * (1 - rule.smoothing()) + wanted * rule.smoothing(), rule.min(), rule.max());
	}

	private static double clamp(double value, double min, double max) {
		return Math.max(min, Math.min(max, value));
	}

}
