// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class HostTests {

	private final Host host = Hosts.equal(1).get(0);

	private void end(Outcome outcome, double seconds) {
		this.host.begin();
		this.host.end(outcome, nanos(seconds));
	}

	private static long nanos(double seconds) {
		return Math.round(seconds * 1e9);
	}

	private static Outcome ok(long nanos) {
		return Outcome.response(200, false, nanos);
	}

	@Test
	void firstSampleIsTheCost() {
		assertThat(this.host.isMeasured()).isFalse();
		assertThat(this.host.cost(5)).isZero();
		end(ok(1_000), 1);
		assertThat(this.host.isMeasured()).isTrue();
		assertThat(this.host.cost(nanos(1))).isEqualTo(1_000);
	}

	@ParameterizedTest(name = "after {0} s")
	@CsvSource({ "0.1, 0.990050", "1, 0.904837", "5, 0.606531", "10, 0.367879", "30, 0.049787" })
	void costDecaysWhileNothingIsMeasured(double seconds, double weight) {
		end(ok(1_000_000), 1);
		assertThat(this.host.cost(nanos(1 + seconds))).isCloseTo(weight * 1_000_000, within(1.0));
	}

	@ParameterizedTest(name = "after {0} s")
	@CsvSource({ "0.1, 0.7", "1, 0.7", "5, 0.606531", "10, 0.367879", "30, 0.049787" })
	void lowerSamplesAreMixedIn(double seconds, double weight) {
		end(ok(1_000_000), 1);
		end(ok(500_000), 1 + seconds);
		assertThat(this.host.cost(nanos(1 + seconds))).isCloseTo(weight * 1_000_000 + (1 - weight) * 500_000,
				within(1.0));
	}

	@Test
	void higherSamplesAreTheCostAtOnce() {
		end(ok(1_000), 1);
		end(ok(9_000), 1);
		assertThat(this.host.cost(nanos(1))).isEqualTo(9_000);
	}

	@Test
	void whoTurnsCallsAwayIsNotFast() {
		end(ok(1_000_000), 1);
		end(Outcome.response(503, true, 10), 5);
		end(Outcome.response(429, false, 10), 15);
		end(Outcome.response(200, true, 10), 20);
		assertThat(this.host.cost(nanos(20))).isEqualTo(1_000_000);
	}

	@Test
	void failingFastIsNoFasterThanTime() {
		end(ok(1_000_000), 1);
		end(Outcome.response(503, false, 10), 6);
		end(Outcome.failure(Kind.RESET, null, 10), 11);
		assertThat(this.host.cost(nanos(11))).isCloseTo(1_000_000 * Math.exp(-1), within(1.0));
		end(Outcome.failure(Kind.TIMEOUT, null, 2_000_000), 25);
		assertThat(this.host.cost(nanos(25))).isEqualTo(2_000_000);
	}

	@Test
	void afterFailuresTheCostFallsWithTimeAndWithAnswers() {
		end(Outcome.failure(Kind.TIMEOUT, null, 2_000_000), 1);
		end(Outcome.response(503, true, 10), 6);
		assertThat(this.host.cost(nanos(16))).isCloseTo(2_000_000 * Math.exp(-1), within(1.0));
		end(ok(1_000_000), 16);
		assertThat(this.host.cost(nanos(16))).isCloseTo(1_000_000 * (1 + Math.exp(-1)), within(1.0));
	}

	@Test
	void failuresDoNotMeasureButTimeoutsDo() {
		end(Outcome.response(500, false, 10), 1);
		end(Outcome.response(429, false, 10), 1);
		end(Outcome.response(200, true, 10), 1);
		assertThat(this.host.isMeasured()).isFalse();
		end(Outcome.failure(Kind.TIMEOUT, null, 2_000_000), 1);
		assertThat(this.host.cost(nanos(1))).isEqualTo(2_000_000);
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "CANCELLED", "REJECTED", "CONNECT_FAILURE" })
	void endingsThatSayNothingOfLatencyAreNotMeasured(Kind kind) {
		end(Outcome.failure(kind, null, 5_000_000), 1);
		assertThat(this.host.isMeasured()).isFalse();
		assertThat(this.host.active()).isZero();
	}

	@Test
	void aRefusalToConnectIsItsLatestSignOnlyWhereItWasFaster() {
		end(ok(1_000_000), 1);
		end(Outcome.failure(Kind.CONNECT_FAILURE, null, 2_000_000_000), 2);
		assertThat(this.host.latestNanos()).isEqualTo(1_000_000);
		end(Outcome.failure(Kind.CONNECT_FAILURE, null, 10), 3);
		assertThat(this.host.latestNanos()).isEqualTo(10);
		assertThat(this.host.cost(nanos(3))).isCloseTo(1_000_000 * Math.exp(-0.2), within(1.0));
	}

	@Test
	void isClaimedOnceInAWhile() {
		this.host.picked(nanos(1));
		assertThat(this.host.claimIfUnpicked(nanos(2), nanos(1))).isFalse();
		assertThat(this.host.claimIfUnpicked(nanos(2.1), nanos(1))).isTrue();
		assertThat(this.host.claimIfUnpicked(nanos(2.2), nanos(1))).isFalse();
	}

	@Test
	void negativeWeightIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Hosts.host("a", -1, null, Map.of()))
			.withMessage("weight of a: -1 (expected: 0 or more)");
	}

	@Test
	void noSampleAndNoEndingIsLostAmongThreads() throws InterruptedException {
		int threads = 4;
		CountDownLatch start = new CountDownLatch(1);
		List<Thread> running = new ArrayList<>();
		for (int t = 0; t < threads; t++) {
			int own = t;
			Thread thread = new Thread(() -> {
				await(start);
				for (int i = 1; i <= 20_000; i++) {
					this.host.begin();
					// of these the highest one stays
					this.host.end(Outcome.failure(Kind.TIMEOUT, null, i * 10L + own), nanos(1));
				}
			});
			thread.start();
			running.add(thread);
		}
		start.countDown();
		for (Thread thread : running) {
			thread.join(Duration.ofSeconds(20).toMillis());
		}
		assertThat(this.host.active()).isZero();
		assertThat(this.host.cost(nanos(1))).isEqualTo(200_003);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
