// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EjectionTimeTests {

	private static final long BASE = TimeUnit.SECONDS.toNanos(30);

	private static final long MAX = TimeUnit.SECONDS.toNanos(300);

	private final DetectorTestBed bed = new DetectorTestBed(5, new OutlierDetectionRule(null, null, 0, null, null, null,
			null, null, null, Duration.ofSeconds(10), null, null, null, null));

	@Test
	void growsByTheBaseUpToTheMaximum() {
		HostRecord record = new HostRecord(this.bed.hosts.get(0), 0);
		long now = 0;
		for (int seconds : new int[] { 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300 }) {
			long nanos = record.eject(now, BASE, MAX);
			assertThat(nanos).isEqualTo(TimeUnit.SECONDS.toNanos(seconds));
			now += nanos;
			assertThat(record.nanosToReturn(now - 1, BASE, MAX)).isEqualTo(1);
			record.letBack(now);
		}
	}

	@Test
	void shrinksWithEachIntervalInService() {
		HostRecord record = new HostRecord(this.bed.hosts.get(0), 0);
		for (int i = 0; i < 20; i++) {
			record.eject(0, BASE, MAX);
		}
		record.letBack(0);
		record.forgive(9, 10);
		assertThat(record.ejectionNanos(BASE, MAX)).as("not before it is over").isEqualTo(MAX);
		for (int i = 0; i < 6; i++) {
			record.forgive(10, 10);
		}
		assertThat(record.ejectionNanos(BASE, MAX)).as("from 11 times the base").isEqualTo(5 * BASE);
		for (int i = 0; i < 20; i++) {
			record.forgive(10, 10);
		}
		assertThat(record.ejectionNanos(BASE, MAX)).isZero();
	}

	@Test
	void returnsWhenItsTimeIsOver() {
		this.bed.eject(0);
		this.bed.sweepAfter(29);
		assertThat(this.bed.isEjected(0)).isTrue();
		this.bed.sweepAfter(1);
		assertThat(this.bed.isEjected(0)).isFalse();
		assertThat(this.bed.context.counted("returned")).isEqualTo(1);
	}

	@Test
	void isLeftOutForLongerTheSecondTime() {
		this.bed.eject(0);
		this.bed.sweepAfter(30);
		this.bed.eject(0);
		this.bed.sweepAfter(59);
		assertThat(this.bed.isEjected(0)).isTrue();
		this.bed.sweepAfter(1);
		assertThat(this.bed.isEjected(0)).isFalse();
	}

	@Test
	void anInstanceThatReturnsStartsAnew() {
		this.bed.report(0, 500, 5);
		this.bed.detector.sweep();
		this.bed.report(0, 500, 100);
		this.bed.sweepAfter(30);
		assertThat(this.bed.isEjected(0)).isFalse();
		this.bed.report(0, 500, 4);
		this.bed.detector.sweep();
		assertThat(this.bed.isEjected(0)).isFalse();
	}

}
