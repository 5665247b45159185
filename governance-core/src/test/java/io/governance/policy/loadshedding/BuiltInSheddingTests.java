// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Call.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The built-in rule acts on services whose owners never heard of it: a busy CPU alone
 * must not drop a call.
 */
class BuiltInSheddingTests {

	private static final long MILLI = 1_000_000L;

	private final SheddingTestBed bed = new SheddingTestBed(new LoadSheddingRuleType().defaults().get("default"));

	private final Queue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::end));

	private int dropped;

	/** Calls come evenly for a while. */
	private void calls(int perSecond, long millis, int seconds) {
		for (int i = 0; i < perSecond * seconds; i++) {
			this.bed.time.advanceNanos(1_000 * MILLI / perSecond);
			long now = this.bed.time.nanoTime();
			while (!this.running.isEmpty() && this.running.element().end() <= now) {
				Running ended = this.running.remove();
				ended.permit().release(SheddingTestBed.answered(200, ended.millis()));
			}
			if (this.bed.begin()) {
				this.running.add(new Running(now + millis * MILLI, millis, this.bed.inFlight.removeLast()));
			}
			else {
				this.dropped++;
			}
		}
	}

	@ParameterizedTest(name = "{0} calls/s of {1} ms")
	@CsvSource({ "1, 20", "20, 40", "100, 90", "1000, 9", "2, 4000" })
	void aServiceThatCopesDropsNothingThoughTheCpuIsBusy(int perSecond, long millis) {
		this.bed.cpu = 1;
		calls(perSecond, millis, 30);
		assertThat(this.dropped).isZero();
	}

	@Test
	void aServiceThatWarmsUpDropsNothing() {
		this.bed.cpu = 1;
		calls(8, 900, 5);
		calls(10, 200, 5);
		this.bed.cpu = 0.93;
		calls(20, 50, 5);
		this.bed.cpu = 0.3;
		calls(500, 20, 10);
		assertThat(this.dropped).isZero();
	}

	@Test
	void aBurstThatIsOverAtOnceDropsNothing() {
		this.bed.cpu = 0.92;
		calls(50, 20, 5);
		// as many as the window says the process can do, and the average does not know
		this.bed.begin(100);
		assertThat(this.dropped).isZero();
	}

	@Test
	void aServiceThatDoesNotCopeDropsWhatIsTooMuch() {
		calls(100, 50, 5);
		this.bed.cpu = 0.97;
		calls(100, 400, 5);
		assertThat(this.dropped).isPositive();
	}

	@Test
	void neverDropsAll() {
		this.bed.cpu = 1;
		this.bed.keep(1_000);
		assertThat(this.bed.begin(Priority.CRITICAL)).isFalse();
		while (!this.bed.inFlight.isEmpty()) {
			this.bed.end(Outcome.failure(Outcome.Kind.TIMEOUT, null, 0));
		}
		assertThat(this.bed.begin(Priority.SHEDDABLE)).isTrue();
	}

	private record Running(long end, long millis, Permit permit) {
	}

}
