// SPDX-License-Identifier: Apache-2.0

package io.governance.cpu;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

@ExtendWith(OutputCaptureExtension.class)
class CpuSamplerTests {

	private double present;

	private final CpuSampler sampler = new CpuSampler(() -> this.present);

	private double after(int samples) {
		for (int i = 0; i < samples; i++) {
			this.sampler.sample();
		}
		return this.sampler.smoothed();
	}

	@Test
	void isUnknownWithoutASample() {
		assertThat(this.sampler.smoothed()).isNaN();
	}

	@ParameterizedTest(name = "{1} samples of {0}: {2}")
	@CsvSource({ "1, 1, 0.05", "1, 2, 0.0975", "1, 10, 0.401263", "1, 45, 0.900560", "0.5, 20, 0.320757",
			"0.9, 1000, 0.9", "1, 1000, 1", "0, 1000, 0" })
	void smoothsFromAnIdleCpuOn(double load, int samples, double expected) {
		this.present = load;
		assertThat(after(samples)).isCloseTo(expected, offset(1e-6));
	}

	@Test
	void elevenSecondsOfFullLoadAreNotYetAnOverload() {
		this.present = 1;
		int elevenSeconds = (int) (11_000 / CpuSampler.INTERVAL.toMillis());
		assertThat(after(elevenSeconds)).isLessThan(0.9);
		assertThat(after(1)).isGreaterThan(0.9);
	}

	@Test
	void fallsAsItRises() {
		this.present = 1;
		after(1_000);
		this.present = 0;
		assertThat(after(2)).isCloseTo(0.9025, offset(1e-6));
		assertThat(after(1)).isLessThan(0.9);
	}

	@ParameterizedTest
	@ValueSource(doubles = { -1, -0.001, Double.NaN, Double.NEGATIVE_INFINITY })
	void whatIsNoLoadIsUnknownAndTheNextSampleGoesOnFromBefore(double unknown) {
		this.present = 1;
		after(2);
		this.present = unknown;
		assertThat(after(3)).isNaN();
		this.present = 1;
		assertThat(after(1)).isCloseTo(0.142625, offset(1e-6));
	}

	@Test
	void moreThanAllIsAll() {
		this.present = 17;
		assertThat(after(1)).isCloseTo(0.05, offset(1e-9));
	}

	@Test
	void aSourceThatFailsIsSaidOnceAndAskedAgain(CapturedOutput output) {
		boolean[] broken = { true };
		CpuSampler failing = new CpuSampler(() -> {
			if (broken[0]) {
				throw new IllegalStateException("no such file");
			}
			return 1;
		});
		for (int i = 0; i < 10; i++) {
			failing.sample();
		}
		assertThat(failing.smoothed()).isNaN();
		assertThat(output).containsOnlyOnce("cpu-load=failing").contains("no such file");
		broken[0] = false;
		failing.sample();
		assertThat(failing.smoothed()).isCloseTo(0.05, offset(1e-9));
	}

}
