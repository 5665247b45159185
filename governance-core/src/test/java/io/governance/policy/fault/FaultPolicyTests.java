// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.fault;

import java.time.Duration;
import java.time.Instant;

import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.governance.policy.fault.FaultTestBed.HIT;
import static io.governance.policy.fault.FaultTestBed.MISS;
import static org.assertj.core.api.Assertions.assertThat;

class FaultPolicyTests {

	private static final long TWO_SECONDS = Duration.ofSeconds(2).toNanos();

	private static final Fault DELAY = new Fault("fault/one", TWO_SECONDS, null);

	private static final Fault ABORT = new Fault("fault/one", 0, Abort.parse("503"));

	private static final Fault BOTH = new Fault("fault/one", TWO_SECONDS, Abort.parse("503"));

	@Test
	void delayAndAbortAreDrawnApartAndTheDelayFirst() {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule("PT2S", 20.0, "503", 10.0, 100.0));
		assertThat(bed.call(0.2, 0.1)).isNull();
		assertThat(bed.call(0.19, 0.1)).isEqualTo(DELAY);
		assertThat(bed.call(0.2, 0.09)).isEqualTo(ABORT);
		assertThat(bed.call(0.19, 0.09)).isEqualTo(BOTH);
		assertThat(bed.counts.counted("delayed")).isEqualTo(2);
		assertThat(bed.counts.counted("aborted")).isEqualTo(2);
		assertThat(bed.counts.counted("spared")).isZero();
	}

	@Test
	void whatARuleHasNotIsNotDrawn() {
		assertThat(new FaultTestBed(FaultTestBed.rule("PT2S", 50.0, null, null, 100.0)).call(HIT)).isEqualTo(DELAY);
		assertThat(new FaultTestBed(FaultTestBed.rule(null, null, "503", 50.0, 100.0)).call(HIT)).isEqualTo(ABORT);
	}

	@ParameterizedTest(name = "{0}% of {1}: {2}")
	@CsvSource({ "0.01, 0.00009, true", "0.01, 0.0001, false", "2.5, 0.0249, true", "2.5, 0.025, false",
			"99.9, 0.9989, true", "99.9, 0.999, false" })
	void sharesHaveDecimals(double share, double drawn, boolean hit) {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule(null, null, "503", share, 100.0));
		assertThat(bed.call(drawn) != null).isEqualTo(hit);
	}

	@Test
	void aShareOfAllHitsEveryCallAndAShareOfNothingNone() {
		FaultTestBed all = new FaultTestBed(FaultTestBed.rule(null, null, "503", 100.0, 100.0));
		assertThat(all.hits(1_000, MISS)).isEqualTo(1_000);
		FaultTestBed none = new FaultTestBed(FaultTestBed.rule("PT2S", 0.0, "503", 0.0, 100.0));
		assertThat(none.hits(1_000)).isZero();
	}

	@Test
	void aShareThatIsNotSetIsTheMost() {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule(null, null, "503", null, null));
		assertThat(bed.call(0.5)).isNull();
		assertThat(bed.call(0.4999)).isEqualTo(ABORT);
		assertThat(bed.policy.state()).isEqualTo("abort 503 50%, at most 50%, without end, hit 1 of 2");
	}

	@ParameterizedTest(name = "at most {0}% of {1}: {2}")
	@CsvSource({ "50, 1, 0", "50, 2, 1", "50, 1000, 500", "10, 9, 0", "10, 10, 1", "10, 1000, 100", "33.3, 1000, 333",
			"0, 1000, 0", "0.1, 999, 0", "0.1, 1000, 1", "100, 1, 1" })
	void noMoreThanTheMostAreHitWhateverIsDrawn(double maxShare, int calls, int hits) {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule(null, null, "503", 100.0, maxShare));
		assertThat(bed.hits(calls, HIT)).isEqualTo(hits);
		assertThat(bed.counts.counted("aborted")).isEqualTo(hits);
		assertThat(bed.counts.counted("spared")).isEqualTo(calls - hits);
	}

	@Test
	void aCallThatMeetsBothCountsOnce() {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule("PT2S", 100.0, "503", 100.0, 50.0));
		assertThat(bed.hits(10, HIT, HIT)).isEqualTo(5);
		assertThat(bed.policy.state()).endsWith("hit 5 of 10");
	}

	@Test
	void whatTheLastMinuteSawCountsAndNothingBefore() {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule(null, null, "503", 50.0, 50.0));
		assertThat(bed.hits(100, MISS)).isZero();
		bed.time.advance(Duration.ofSeconds(59));
		assertThat(bed.hits(100, HIT)).isEqualTo(100);
		assertThat(bed.call(HIT)).isNull();
		bed.time.advance(Duration.ofSeconds(1));
		assertThat(bed.policy.state()).endsWith("hit 100 of 101");
		assertThat(bed.hits(98, HIT)).isZero();
		bed.time.advance(Duration.ofMinutes(1));
		assertThat(bed.hits(2, HIT)).isEqualTo(1);
	}

	@Test
	void nothingIsDrawnNorSeenFromTheEndOn() {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule("PT2S", 100.0, "503", 100.0, 100.0));
		Instant end = Instant.ofEpochMilli(bed.time.epochMillis()).plusMillis(1_000);
		bed.change(FaultTestBed.rule("PT2S", 100.0, "503", 100.0, 100.0, end));
		bed.time.advance(Duration.ofMillis(999));
		assertThat(bed.call(HIT, HIT)).isEqualTo(BOTH);
		assertThat(bed.policy.state())
			.isEqualTo("delay 2000ms 100%, abort 503 100%, at most 100%, until " + end + ", hit 1 of 1");
		bed.time.advance(Duration.ofMillis(1));
		assertThat(bed.hits(10)).isZero();
		assertThat(bed.policy.state()).isEqualTo("over since " + end);
		assertThat(bed.counts.counted("delayed")).isEqualTo(1);
		assertThat(bed.counts.counted("spared")).isZero();
	}

	@Test
	void anEndThatIsPutOffBringsTheFaultsBack() {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule(null, null, "503", 100.0, 100.0, Instant.MIN));
		assertThat(bed.call()).isNull();
		bed.change(FaultTestBed.rule(null, null, "503", 100.0, 100.0, Instant.MAX));
		assertThat(bed.call(HIT)).isEqualTo(ABORT);
	}

	@Test
	void aChangedRuleGoesOnWithWhatWasHit() {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule(null, null, "503", 100.0, 50.0));
		assertThat(bed.hits(100, HIT)).isEqualTo(50);
		bed.change(FaultTestBed.rule(null, null, "reset", 100.0, 10.0));
		assertThat(bed.hits(100, HIT)).isZero();
		bed.change(FaultTestBed.rule(null, null, "reset", 100.0, 100.0));
		assertThat(bed.call(HIT)).isEqualTo(new Fault("fault/one", 0, Abort.parse("reset")));
	}

	@Test
	void theStateShowsWhatIsInForce() {
		FaultTestBed bed = new FaultTestBed(FaultTestBed.rule("PT0.2S", 10.0, "connect", 2.5, 40.0));
		bed.call(HIT, MISS);
		bed.call(MISS, MISS);
		bed.call(HIT, MISS);
		assertThat(bed.policy.state())
			.isEqualTo("delay 200ms 10%, abort connect 2.5%, at most 40%, without end, hit 1 of 3");
	}

}
