// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceDetectorTests {

	private DetectorTestBed bed = new DetectorTestBed(5, DetectorTestBed.rule(null, null, null));

	private void use(OutlierDetectionRule rule, int hosts) {
		this.bed = new DetectorTestBed(hosts, rule);
	}

	@ParameterizedTest
	@CsvSource({ "500", "502", "503", "504" })
	void errorsInARowEject(int status) {
		this.bed.report(0, status, 4);
		assertThat(this.bed.detector.report(this.bed.hosts.get(0), DetectorTestBed.answer(status))).isTrue();
		assertThat(this.bed.isEjected(0)).as("before the sweep").isFalse();
		assertThat(this.bed.detector.sweep()).isTrue();
		assertThat(this.bed.isEjected(0)).isTrue();
		assertThat(this.bed.context.counted("ejected")).isEqualTo(1);
		assertThat(this.bed.detector.sweep()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "CONNECT_FAILURE", "RESET", "TIMEOUT" })
	void failuresInARowEject(Kind kind) {
		for (int i = 0; i < 5; i++) {
			this.bed.detector.report(this.bed.hosts.get(0), Outcome.failure(kind, null, 1));
		}
		assertThat(this.bed.detector.sweep()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "CANCELLED", "REJECTED", "ERROR" })
	void whatTheCallerDidNeverCounts(Kind kind) {
		this.bed.report(0, 500, 4);
		for (int i = 0; i < 100; i++) {
			this.bed.detector.report(this.bed.hosts.get(0), Outcome.failure(kind, null, 1));
		}
		this.bed.time.advanceSeconds(5);
		assertThat(this.bed.detector.sweep()).isFalse();
		this.bed.report(0, 500, 1);
		assertThat(this.bed.detector.sweep()).as("nor does it end a row").isTrue();
	}

	@Test
	void anInstanceThatSaysItDidNoWorkIsNoOutlierAndNoSuccess() {
		this.bed.report(0, 500, 4);
		for (int i = 0; i < 100; i++) {
			this.bed.detector.report(this.bed.hosts.get(0), Outcome.response(503, true, 1));
		}
		this.bed.time.advanceSeconds(5);
		assertThat(this.bed.detector.sweep()).isFalse();
		this.bed.report(0, 500, 1);
		assertThat(this.bed.detector.sweep()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "200", "404", "429", "501" })
	void anAnswerThatIsNoErrorEndsARow(int status) {
		this.bed.report(0, 500, 4);
		this.bed.report(0, status, 1);
		this.bed.report(0, 500, 4);
		assertThat(this.bed.detector.sweep()).isFalse();
	}

	@Test
	void oneOfThoseThatReportAsksForTheSweep() {
		this.bed.report(0, 500, 4);
		this.bed.report(1, 500, 4);
		assertThat(this.bed.detector.report(this.bed.hosts.get(0), DetectorTestBed.answer(500))).isTrue();
		assertThat(this.bed.detector.report(this.bed.hosts.get(1), DetectorTestBed.answer(500))).isFalse();
		this.bed.detector.sweep();
		assertThat(this.bed.isEjected(0)).isTrue();
		assertThat(this.bed.isEjected(1)).isTrue();
	}

	@ParameterizedTest(name = "{0} of {1} failed")
	@CsvSource({ "9, 19, false", "9, 20, false", "10, 20, true", "60, 100, true" })
	void aShareOfErrorsEjectsAtTheEndOfTheInterval(int errors, int requests, boolean ejects) {
		use(DetectorTestBed.rule(0, 50, null), 5);
		this.bed.report(0, 500, errors);
		this.bed.report(0, 200, requests - errors);
		this.bed.sweepAfter(4);
		assertThat(this.bed.isEjected(0)).as("before its end").isFalse();
		this.bed.sweepAfter(1);
		assertThat(this.bed.isEjected(0)).isEqualTo(ejects);
	}

	@Test
	void anIntervalDoesNotCountTheOneBefore() {
		use(DetectorTestBed.rule(0, 50, null), 5);
		this.bed.report(0, 500, 10);
		this.bed.sweepAfter(5);
		this.bed.report(0, 200, 20);
		this.bed.sweepAfter(5);
		assertThat(this.bed.isEjected(0)).isFalse();
	}

	@ParameterizedTest(name = "{0} of 20 slow")
	@CsvSource({ "9, false", "10, true" })
	void aShareOfSlowAttemptsEjects(int slow, boolean ejects) {
		use(new OutlierDetectionRule(null, null, 0, null, null, null, Duration.ofMillis(200), null, null, null, null,
				null, null, null), 5);
		for (int i = 0; i < 20; i++) {
			long millis = (i < slow) ? 200 : 199;
			this.bed.detector.report(this.bed.hosts.get(0),
					Outcome.response(200, false, TimeUnit.MILLISECONDS.toNanos(millis)));
		}
		this.bed.sweepAfter(5);
		assertThat(this.bed.isEjected(0)).isEqualTo(ejects);
	}

	@ParameterizedTest(name = "{0} hosts, {1} %: {2}")
	@CsvSource({ "1, 50, 0", "1, 100, 1", "2, 10, 1", "3, 10, 1", "3, 50, 1", "4, 50, 2", "5, 50, 2", "5, 100, 5",
			"100, 10, 10" })
	void soManyAreEjectedAtMost(int hosts, int percent, int ejected) {
		use(DetectorTestBed.rule(null, null, percent), hosts);
		for (int i = 0; i < hosts; i++) {
			this.bed.report(i, 500, 5);
		}
		this.bed.detector.sweep();
		assertThat(this.bed.detector.ejected()).isEqualTo(ejected);
		assertThat(this.bed.context.counted("ejected")).isEqualTo(ejected);
		assertThat(this.bed.context.counted("overflow")).isEqualTo(hosts - ejected);
	}

	@Test
	void theEjectedAndTheSparedAreSuspect() {
		for (int i = 0; i < 4; i++) {
			this.bed.report(i, 500, 5);
		}
		assertThat(this.bed.detector.sweep()).isTrue();
		assertThat(this.bed.detector.ejected()).isEqualTo(2);
		assertThat(this.bed.suspects()).isEqualTo(4);
		this.bed.report(2, 500, 5);
		assertThat(this.bed.detector.sweep()).as("nothing new").isFalse();
	}

	@ParameterizedTest(name = "{0} errors of {1}")
	@CsvSource({ "0, 0, true", "1, 1, true", "5, 10, true", "4, 10, false", "0, 1, false" })
	void anIntervalShowsWhetherASuspectIsHealed(int errors, int requests, boolean suspect) {
		for (int i = 0; i < 5; i++) {
			this.bed.report(i, 200, 50);
			this.bed.report(i, 500, 5);
		}
		this.bed.sweepAfter(1);
		this.bed.time.advanceSeconds(4);
		int spared = IntStream.range(0, 5).filter((host) -> !this.bed.isEjected(host)).findFirst().orElseThrow();
		for (int i = 0; i < requests; i++) {
			this.bed.report(spared, (i % 2 == 0 && i / 2 < errors) ? 500 : 200, 1);
		}
		assertThat(this.bed.detector.sweep()).isEqualTo(!suspect);
		assertThat(this.bed.detector.isSuspect(this.bed.hosts.get(spared))).isEqualTo(suspect);
		assertThat(this.bed.suspects()).isEqualTo(suspect ? 5 : 4);
	}

	@Test
	void oneThatReturnsIsSuspectUntilItShowsThatItIsHealed() {
		this.bed.eject(0);
		this.bed.sweepAfter(30);
		assertThat(this.bed.isEjected(0)).isFalse();
		assertThat(this.bed.suspects()).isEqualTo(1);
		this.bed.report(0, 200, 1);
		this.bed.sweepAfter(5);
		assertThat(this.bed.suspects()).isZero();
	}

	@Test
	void theWorstAreEjectedFirst() {
		use(DetectorTestBed.rule(0, 50, 50), 4);
		for (int host = 0; host < 4; host++) {
			this.bed.report(host, 500, 60 + 10 * host);
			this.bed.report(host, 200, 40 - 10 * host);
		}
		this.bed.sweepAfter(5);
		assertThat(this.bed.isEjected(2)).isTrue();
		assertThat(this.bed.isEjected(3)).isTrue();
		assertThat(this.bed.detector.ejected()).isEqualTo(2);
	}

	@Test
	void theNextSweepIsDueWhenSomethingEnds() {
		assertThat(this.bed.detector.nanosToSweep()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
		use(new OutlierDetectionRule(null, null, 0, null, null, null, null, null, null, null, Duration.ofSeconds(2),
				null, null, null), 3);
		this.bed.eject(0);
		assertThat(this.bed.detector.nanosToSweep()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
	}

	@Test
	void anInstanceThatIsGoneIsForgotten() {
		this.bed.eject(0);
		List<Host> others = this.bed.hosts.subList(1, 5);
		this.bed.detector.track(others);
		assertThat(this.bed.detector.ejected()).isZero();
		this.bed.detector.track(this.bed.hosts);
		assertThat(this.bed.isEjected(0)).isFalse();
		this.bed.detector.report(Hosts.equal(1).get(0), DetectorTestBed.answer(500));
		assertThat(this.bed.detector.sweep()).isFalse();
	}

	@Test
	void ejectionsStayWhenTheRuleChanges() {
		this.bed.eject(0);
		OutlierDetectionPolicy changed = new OutlierDetectionPolicy(DetectorTestBed.rule(3, null, null),
				this.bed.context.context());
		ServiceDetector next = (ServiceDetector) changed.newDetector("inventory", this.bed.detector);
		next.track(this.bed.hosts);
		assertThat(next.isEjected(this.bed.hosts.get(0))).isTrue();
		assertThat(next.ejected()).isEqualTo(1);
		assertThat(changed.state()).isEqualTo("inventory=1/5");
		next.close();
		assertThat(changed.state()).isEmpty();
	}

}
