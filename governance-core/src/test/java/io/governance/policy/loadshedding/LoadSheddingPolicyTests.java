// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.policy.Call.Priority;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoadSheddingPolicyTests {

	private static final Outcome CANCELLED = Outcome.failure(Kind.CANCELLED, null, 0);

	private final SheddingTestBed bed = new SheddingTestBed();

	/** 900 calls of 6 ms in a bucket: 54 calls in flight are best. */
	private void bestIs54() {
		this.bed.begin(900);
		this.bed.answer(900, 6);
		this.bed.nextBucket();
	}

	private boolean drops() {
		return !this.bed.begin();
	}

	@Test
	void anOverloadedProcessDropsNothingWhileFewCallsAreInFlight() {
		bestIs54();
		this.bed.keep(50);
		this.bed.cpu = 0.9;
		assertThat(drops()).isFalse();
	}

	@Test
	void anOverloadedProcessDropsNothingWhileTheAverageIsLow() {
		bestIs54();
		this.bed.begin(80);
		this.bed.cpu = 0.9;
		assertThat(drops()).isFalse();
	}

	@Test
	void anOverloadedProcessDropsNothingOnceFewCallsAreInFlightAgain() {
		bestIs54();
		this.bed.keep(80);
		for (int i = 0; i < 26; i++) {
			this.bed.end(CANCELLED);
		}
		this.bed.cpu = 0.9;
		assertThat(drops()).as("54 in flight, more on average").isFalse();
		assertThat(drops()).as("55 in flight").isTrue();
	}

	@Test
	void anOverloadedProcessDropsWhatIsTooMuchNowAndOnAverage() {
		bestIs54();
		this.bed.keep(80);
		this.bed.cpu = 0.9;
		assertThat(drops()).isTrue();
	}

	@Test
	void aProcessThatIsNotOverloadedDropsNothing() {
		bestIs54();
		this.bed.keep(80);
		this.bed.cpu = 0.899;
		assertThat(drops()).isFalse();
	}

	@Test
	void aProcessWhoseCallsTakeNoLongerThanTheyCanDoesItsBestHoweverBusy() {
		bestIs54();
		this.bed.keep(54);
		this.bed.cpu = 1;
		assertThat(drops()).isFalse();
		this.bed.keep(55);
		assertThat(drops()).isTrue();
	}

	@Test
	void inAFloodTheAverageIsAskedForHalf() {
		bestIs54();
		this.bed.keep(28);
		this.bed.begin(53);
		this.bed.cpu = 1;
		assertThat(drops()).as("81 in flight").isFalse();
		assertThat(drops()).as("82 in flight").isTrue();
	}

	@Test
	void theBusierTheCpuTheLowerTheLimitWhenCallsWait() {
		this.bed.slow();
		bestIs54();
		this.bed.keep(28);
		this.bed.cpu = 0.9;
		assertThat(drops()).isFalse();
		this.bed.cpu = 0.95;
		assertThat(drops()).isTrue();
	}

	@Test
	void withoutTrafficInTheWindowTheLimitIsTen() {
		this.bed.keep(10);
		this.bed.cpu = 0.9;
		assertThat(drops()).isFalse();
		this.bed.keep(11);
		assertThat(drops()).isTrue();
	}

	@Test
	void aDropAsksForATryInASecondAndNamesTheRule() {
		this.bed.busy(20);
		this.bed.cpu = 1;
		assertThat(this.bed.ask(Priority.DEFAULT))
			.isEqualTo(new Decision.Rejected(new Rejection(Reason.OVERLOADED, "load-shedding/s", 1_000_000_000L)));
	}

	@Test
	void aDroppedCallIsNotInFlight() {
		this.bed.busy(20);
		this.bed.cpu = 1;
		for (int i = 0; i < 1_000; i++) {
			assertThat(drops()).isTrue();
		}
		assertThat(this.bed.policy.state()).contains("in-flight=20 ");
	}

	@Test
	void afterADropTheLimitHoldsForASecond() {
		this.bed.busy(20);
		this.bed.cpu = 0.9;
		assertThat(drops()).isTrue();
		this.bed.cpu = 0.5;
		assertThat(drops()).isTrue();
		this.bed.time.advanceNanos(Heat.COOL_OFF_NANOS - 1);
		assertThat(drops()).isTrue();
		this.bed.time.advanceNanos(1);
		assertThat(drops()).isFalse();
	}

	@Test
	void withoutADropTheLimitEndsWithTheOverload() {
		this.bed.busy(8);
		this.bed.cpu = 0.9;
		assertThat(drops()).isFalse();
		this.bed.keep(20);
		this.bed.cpu = 0.5;
		assertThat(drops()).isFalse();
	}

	/** Of 8 calls in flight, which is best here, a priority may have a share. */
	@ParameterizedTest(name = "cpu {0}, {1} in flight: critical {2}, default {3}, sheddable {4}")
	@CsvSource({ "0.84, 20, false, false, false", "0.86, 20, false, false, true", "0.90, 20, false, true, true",
			"0.94, 20, false, true, true", "0.95, 20, true, true, true", "0.95, 8, false, true, true",
			"0.95, 4, false, false, true", "0.95, 2, false, false, false" })
	void whatMattersLessGoesFirst(double cpu, int inFlight, boolean critical, boolean other, boolean sheddable) {
		for (Priority priority : Priority.values()) {
			SheddingTestBed one = new SheddingTestBed();
			one.slow();
			one.busy(inFlight);
			one.cpu = cpu;
			boolean dropped = switch (priority) {
				case CRITICAL -> critical;
				case DEFAULT -> other;
				case SHEDDABLE -> sheddable;
			};
			assertThat(!one.begin(priority)).as(priority.name()).isEqualTo(dropped);
		}
	}

	@Test
	void callsOfAllPrioritiesAreCountedTogether() {
		this.bed.begin(40);
		this.bed.answer(40, 20);
		this.bed.nextBucket();
		for (int i = 0; i < 10; i++) {
			this.bed.begin(Priority.CRITICAL);
			this.bed.begin(Priority.SHEDDABLE);
		}
		this.bed.keep(20);
		this.bed.cpu = 0.9;
		assertThat(drops()).isTrue();
	}

	@Test
	void dropsOfWhatMattersLessDoNotHoldTheLimitForOthers() {
		this.bed.busy(20);
		this.bed.cpu = 0.86;
		assertThat(this.bed.begin(Priority.SHEDDABLE)).isFalse();
		assertThat(this.bed.begin(Priority.DEFAULT)).isTrue();
		assertThat(this.bed.begin(Priority.CRITICAL)).isTrue();
	}

	@Test
	void anUnknownLoadDropsNothing() {
		this.bed.busy(20);
		this.bed.cpu = 0.95;
		assertThat(drops()).isTrue();
		this.bed.cpu = Double.NaN;
		assertThat(drops()).isFalse();
		assertThat(this.bed.begin(Priority.SHEDDABLE)).isTrue();
	}

	@Test
	void theStateIsForOperators() {
		assertThat(this.bed.policy.state()).isEqualTo("cpu=0.0% limit=10.0 in-flight=0 average-in-flight=0.0");
		bestIs54();
		this.bed.keep(12);
		this.bed.cpu = 0.951;
		assertThat(this.bed.policy.state()).isEqualTo("cpu=95.1% limit=54.0 in-flight=12 average-in-flight=12.0");
		this.bed.cpu = Double.NaN;
		assertThat(this.bed.policy.state()).isEqualTo("cpu=unknown limit=none in-flight=12 average-in-flight=12.0");
	}

}
