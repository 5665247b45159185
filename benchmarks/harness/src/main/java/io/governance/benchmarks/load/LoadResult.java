// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param answered requests answered with status 200
 * @param failed requests answered otherwise, or whose connection broke
 * @param unanswered requests that were due and had no answer when the run ended
 * @param elapsedNanos how long the run took
 * @param latencies in nanoseconds, of the answered ones
 * @param inTime for each whole second of the run, the requests answered in it with status
 * 200 within a second of when they were due
 */
public record LoadResult(long answered, long failed, long unanswered, long elapsedNanos, Histogram latencies,
		int[] inTime) {

	private static final double SECOND = 1e9;

	private static final double MILLISECOND = 1e6;

	/**
	 * Throughput.
	 * @return answered requests per second
	 */
	public double perSecond() {
		return this.answered * SECOND / this.elapsedNanos;
	}

	/**
	 * A quantile of the latency.
	 * @param percentile 0 to 100
	 * @return milliseconds
	 */
	public double millis(double percentile) {
		return this.latencies.getValueAtPercentile(percentile) / MILLISECOND;
	}

}
