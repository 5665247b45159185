// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

import io.governance.policy.Outcome;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.selection.Picker;
import io.governance.selection.Picker.Tried;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Latencies as they are: some answers take ten times as long, and at times the caller
 * itself stands still, which makes every answer late that comes then.
 */
class PeakEwmaNoiseTests {

	private static final long MILLI = 1_000_000;

	private static final int PER_SECOND = 100;

	private static final long USUAL_NANOS = 5 * MILLI;

	private final PickerTestBed bed = new PickerTestBed();

	private final PriorityQueue<Attempt> underWay = new PriorityQueue<>(Comparator.comparingLong(Attempt::endNanos));

	private final Random random = new Random(42);

	private long now;

	private long standsStillUntil;

	@ParameterizedTest(name = "{0} in a hundred late, standing still for {1} ms each {2} s")
	@CsvSource({ "0, 0, 60", "1, 0, 60", "5, 0, 60", "1, 150, 5", "1, 400, 15" })
	void theSlowHostIsKnown(int latePercent, int stillMillis, int stillEachSeconds) {
		List<Host> hosts = Hosts.equal(5);
		Picker picker = this.bed.peakEwma(hosts);
		int slow = 0;
		int seconds = 120;
		for (int call = 0; call < seconds * PER_SECOND; call++) {
			long second = call / PER_SECOND;
			if (call % PER_SECOND == 50 && second % stillEachSeconds == 1) {
				this.standsStillUntil = this.now + stillMillis * MILLI;
			}
			this.now += 1_000 * MILLI / PER_SECOND;
			finish();
			Host host = picker.pick(null, Tried.NOTHING, this.now);
			host.begin();
			boolean isSlow = host == hosts.get(0) && second >= 10;
			slow += (isSlow && second >= 15) ? 1 : 0;
			long nanos = isSlow ? 20 * USUAL_NANOS : USUAL_NANOS / 2 + this.random.nextLong(USUAL_NANOS);
			nanos *= (this.random.nextInt(100) < latePercent) ? 10 : 1;
			this.underWay.add(new Attempt(host, this.now, Math.max(this.now + nanos, this.standsStillUntil)));
		}
		assertThat((double) slow / ((seconds - 15) * PER_SECOND)).isLessThan(0.01);
	}

	private void finish() {
		while (!this.underWay.isEmpty() && this.underWay.peek().endNanos() <= this.now) {
			Attempt attempt = this.underWay.remove();
			attempt.host()
				.end(Outcome.response(200, false, attempt.endNanos() - attempt.startNanos()), attempt.endNanos());
		}
	}

	/**
	 * A call under way.
	 */
	private record Attempt(Host host, long startNanos, long endNanos) {
	}

}
