// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GoDurationTests {

	@ParameterizedTest
	@CsvSource({ "10s, PT10S", "1m30s, PT1M30S", "1.5h, PT1H30M", "250ms, PT0.25S", "7us, PT0.000007S",
			"7µs, PT0.000007S", "9ns, PT0.000000009S", "0, PT0S", "-3s, PT-3S", "+3s, PT3S" })
	void readsWhatGoReads(String text, Duration expected) {
		assertThat(GoDuration.parse(text)).contains(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "10", "s", "10x", "1.2.3s", "10 s", "ten", "999999999999h", "1d", "PT1S" })
	void refusesWhatGoRefuses(String text) {
		assertThat(GoDuration.parse(text)).isEmpty();
	}

}
