// SPDX-License-Identifier: Apache-2.0

package io.governance.cpu;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AvailableCpusTests {

	private static final long INTERVAL = 250_000_000;

	private long now = -INTERVAL / 2;

	private double system;

	private long used = 5_000_000_000L;

	private int processors = 1;

	private final AvailableCpus cpus = new AvailableCpus(() -> this.system, () -> this.used, () -> this.processors,
			() -> this.now);

	private double after(long usedNanos) {
		this.used += usedNanos;
		this.now += INTERVAL;
		return this.cpus.getAsDouble();
	}

	@ParameterizedTest
	@CsvSource({
			// pinned to one of two CPUs that it keeps busy, with the other idle
			"0.5, 250000000, 1, 1", "0.5, 125000000, 1, 0.5",
			// others keep the machine, or the quota, busy
			"0.9, 10000000, 2, 0.9", "1, 125000000, 1, 1",
			// clocks that do not agree
			"0.2, 260000000, 1, 1", "-1, 125000000, 2, 0.25" })
	void isTheGreaterOfTheTwo(double ofSystem, long usedNanos, int available, double load) {
		this.system = ofSystem;
		this.processors = available;
		assertThat(after(usedNanos)).isEqualTo(load);
	}

	@Test
	void isThatOfTheLastIntervalOnly() {
		assertThat(after(INTERVAL)).isEqualTo(1);
		assertThat(after(INTERVAL / 5)).isEqualTo(0.2);
		assertThat(after(0)).isZero();
	}

	@Test
	void nothingKnownIsLessThanNothing() {
		this.system = -1;
		this.used = -1;
		this.now += INTERVAL;
		assertThat(this.cpus.getAsDouble()).isNegative();
	}

	@Test
	void askedTwiceAtOnceItGoesByTheSystem() {
		this.system = 0.4;
		assertThat(this.cpus.getAsDouble()).isEqualTo(0.4);
	}

}
