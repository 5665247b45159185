// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.time.Duration;

import io.governance.policy.CallRejectedException;
import io.governance.test.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BodyMeter}: at most 1000 bytes, 100 per second after 10 s.
 */
class BodyMeterTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final BodyMeter meter = new BodyMeter(new ServerLimits(1000, 0, Duration.ZERO, 100, Duration.ofSeconds(10)),
			this.time);

	@Test
	void theLastByteIsStillTaken() {
		read(Duration.ZERO, 1000);
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> read(Duration.ZERO, 1))
			.satisfies((ex) -> assertThat(ex.rejection().reason()).isEqualTo(ServerLimits.BODY_TOO_LARGE));
	}

	@Test
	void aSlowBodyHasItsGrace() {
		read(Duration.ofSeconds(10), 1);
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> read(Duration.ofSeconds(1), 1))
			.satisfies((ex) -> assertThat(ex.rejection().reason()).isEqualTo(ServerLimits.BODY_TOO_SLOW));
	}

	@Test
	void theAverageCounts() {
		read(Duration.ofSeconds(1), 900);
		for (int i = 0; i < 8; i++) {
			read(Duration.ofSeconds(1), 1);
		}
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> read(Duration.ofSeconds(2), 1));
	}

	@Test
	void timeInWhichNobodyReadsDoesNotCount() {
		read(Duration.ofSeconds(1), 1);
		this.time.advance(Duration.ofHours(1));
		assertThatCode(() -> read(Duration.ofSeconds(1), 1)).doesNotThrowAnyException();
	}

	@Test
	void silenceIsNoticedWhileItLasts() {
		this.meter.begin();
		this.time.advance(Duration.ofSeconds(10));
		assertThatCode(this.meter::check).doesNotThrowAnyException();
		this.time.advance(Duration.ofSeconds(1));
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(this.meter::check);
	}

	@Test
	void theEndOfABodyIsNeverTooLate() {
		this.meter.begin();
		this.time.advance(Duration.ofSeconds(60));
		assertThatCode(() -> this.meter.end(-1)).doesNotThrowAnyException();
	}

	private void read(Duration waited, int bytes) {
		this.meter.begin();
		this.time.advance(waited);
		this.meter.end(bytes);
	}

}
