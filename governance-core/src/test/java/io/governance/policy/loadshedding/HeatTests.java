// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeatTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final Heat heat = new Heat(this.time);

	@Test
	void isColdAtFirst() {
		assertThat(this.heat.isHot(false)).isFalse();
	}

	@Test
	void isHotWhileOverloaded() {
		assertThat(this.heat.isHot(true)).isTrue();
		assertThat(this.heat.isHot(false)).isFalse();
	}

	@Test
	void staysHotForASecondAfterADrop() {
		this.heat.isHot(true);
		this.heat.dropped();
		this.time.advanceNanos(Heat.COOL_OFF_NANOS - 1);
		assertThat(this.heat.isHot(false)).isTrue();
		this.time.advanceNanos(1);
		assertThat(this.heat.isHot(false)).isFalse();
	}

	@Test
	void theSecondBeginsWithTheLastOverloadNotWithTheDrop() {
		this.heat.isHot(true);
		this.time.advanceNanos(Heat.COOL_OFF_NANOS - 1);
		this.heat.dropped();
		assertThat(this.heat.isHot(false)).isTrue();
		this.time.advanceNanos(1);
		assertThat(this.heat.isHot(false)).isFalse();
	}

	@Test
	void overloadWithoutADropLeavesNothing() {
		this.heat.isHot(true);
		this.heat.dropped();
		this.time.advanceNanos(Heat.COOL_OFF_NANOS);
		assertThat(this.heat.isHot(false)).isFalse();
		assertThat(this.heat.isHot(true)).isTrue();
		assertThat(this.heat.isHot(false)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, 0, Long.MAX_VALUE })
	void originOfTheClockDoesNotMatter(long origin) {
		ManualTimeSource odd = new ManualTimeSource(origin);
		Heat counted = new Heat(odd);
		counted.isHot(true);
		counted.dropped();
		odd.advanceNanos(Heat.COOL_OFF_NANOS - 1);
		assertThat(counted.isHot(false)).isTrue();
		odd.advanceNanos(1);
		assertThat(counted.isHot(false)).isFalse();
	}

}
