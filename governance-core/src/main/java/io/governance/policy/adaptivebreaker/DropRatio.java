// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

/**
 * The formula: how large a share of the calls is held back. <pre>
 * w     = max(minK, k - (k - minK) * failing / 40)
 * ratio = (total - protection - w * accepts) / (total + 1)
 * eased = ratio * (40 - working) / 40
 * </pre> Nothing is held back while the ratio is not positive; it is always below 1.
 * {@code failing} and {@code working} are the newest runs of buckets without a success
 * and without a failure: the longer failures go on, the fewer calls each success
 * warrants; the longer none were seen, the sooner all pass. With {@code k} of 1 or more a
 * service that does not fail is never held back. Source: go-zero's breaker, after
 * Google's SRE book, chapter "Handling Overload".
 *
 * @param k how many calls per successful one pass
 * @param minK what that falls to as failures go on
 * @param protection how many calls pass beyond that
 * @param countsDrops whether calls that were held back count as calls
 */
record DropRatio(double k, double minK, int protection, boolean countsDrops) {

	static DropRatio of(AdaptiveBreakerRule rule) {
		return new DropRatio(rule.k(), rule.minK(), rule.protection(), rule.countDrops());
	}

	double ratio(CallWindow window) {
		return ratio(window.accepts(), total(window), window.failingBuckets());
	}

	double ratio(long accepts, long total, int failingBuckets) {
		return (total - this.protection - weight(failingBuckets) * accepts) / (total + 1);
	}

	double weight(int failingBuckets) {
		return Math.max(this.minK, this.k - (this.k - this.minK) * failingBuckets / CallWindow.BUCKETS);
	}

	long total(CallWindow window) {
		return this.countsDrops ? window.ended() + window.drops() : window.ended();
	}

	static double eased(double ratio, int workingBuckets) {
		return ratio * (CallWindow.BUCKETS - workingBuckets) / CallWindow.BUCKETS;
	}

}
