// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

class TrafficTests {

	private static final Outcome CANCELLED = Outcome.failure(Kind.CANCELLED, null, 1);

	private final ManualTimeSource time = new ManualTimeSource();

	private final Traffic traffic = new Traffic(this.time);

	private void begin(int calls) {
		for (int i = 0; i < calls; i++) {
			this.traffic.begin();
		}
	}

	private void end(Outcome outcome) {
		((Decision.Admitted) this.traffic.begin()).permit().release(outcome);
	}

	private boolean counts(Outcome outcome) {
		for (int i = 0; i < 100; i++) {
			end(outcome);
		}
		this.time.advanceNanos(PassWindow.BUCKET_NANOS);
		// 10 is what holds without any
		return this.traffic.maxFlight() == 100;
	}

	@Test
	void callsAreInFlightFromAdmissionToRelease() {
		Decision.Admitted admitted = (Decision.Admitted) this.traffic.begin();
		begin(2);
		assertThat(this.traffic.inFlight()).isEqualTo(3);
		admitted.permit().release(CANCELLED);
		assertThat(this.traffic.inFlight()).isEqualTo(2);
	}

	@Test
	void averageMovesWhenACallEndsAndNotWhenOneBegins() {
		begin(80);
		assertThat(this.traffic.average()).isZero();
		end(CANCELLED);
		assertThat(this.traffic.average()).isCloseTo(8, offset(1e-9));
		end(CANCELLED);
		assertThat(this.traffic.average()).isCloseTo(15.2, offset(1e-9));
		this.time.advanceSeconds(3_600);
		assertThat(this.traffic.average()).isCloseTo(15.2, offset(1e-9));
		for (int i = 0; i < 500; i++) {
			end(CANCELLED);
		}
		assertThat(this.traffic.average()).isCloseTo(80, offset(1e-6));
	}

	@Test
	void endingsOfAnyKindMoveTheAverage() {
		begin(10);
		for (Kind kind : Kind.values()) {
			double before = this.traffic.average();
			end(Outcome.failure(kind, null, 1));
			assertThat(this.traffic.average()).isGreaterThan(before);
		}
	}

	@Test
	void bothNowAndOnAverageAreAskedForStrictly() {
		begin(4);
		assertThat(this.traffic.exceeds(1)).isFalse();
		for (int i = 0; i < 1_000; i++) {
			end(CANCELLED);
		}
		double average = this.traffic.average();
		assertThat(this.traffic.exceeds(Math.nextDown(average))).isTrue();
		assertThat(this.traffic.exceeds(Math.max(average, 4))).isFalse();
		assertThat(this.traffic.exceeds(Double.NaN)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 302, 404, 429, 500, 502, 504 })
	void answersCountWhateverTheySay(int status) {
		assertThat(counts(Outcome.response(status, false, 100_000_000))).isTrue();
	}

	@Test
	void answersThatTurnACallAwayDoNotCount() {
		assertThat(counts(Outcome.response(503, false, 100_000_000))).isFalse();
		assertThat(this.traffic.maxFlight()).isEqualTo(10);
	}

	@ParameterizedTest
	@EnumSource(names = { "CANCELLED", "REJECTED", "TIMEOUT", "CONNECT_FAILURE", "RESET" })
	void whatSaysNothingOfTheProcessDoesNotCount(Kind kind) {
		assertThat(counts(Outcome.failure(kind, null, 100_000_000))).isFalse();
		assertThat(this.traffic.maxFlight()).isEqualTo(10);
		assertThat(this.traffic.inFlight()).isZero();
	}

	@Test
	void failedHandlersCountAsTheirAnswersDo() {
		assertThat(counts(Outcome.failure(Kind.ERROR, new IllegalStateException(), 100_000_000))).isTrue();
	}

	@ParameterizedTest(name = "{0} ns")
	@CsvSource({ "-1, 1", "0, 1", "1, 1", "1000000, 1", "99000000, 9.9", "99000001, 10", "100000000, 10",
			"9223372036854775807, 922337203685.4776" })
	void millisecondsAreRoundedUp(long nanos, double expected) {
		for (int i = 0; i < 10; i++) {
			end(Outcome.response(200, false, nanos));
		}
		this.time.advanceNanos(PassWindow.BUCKET_NANOS);
		assertThat(this.traffic.maxFlight()).isCloseTo(expected, offset(1.0E-3 * expected));
	}

	@Test
	void admissionsAreShared() {
		assertThat(this.traffic.begin()).isSameAs(this.traffic.begin());
	}

}
