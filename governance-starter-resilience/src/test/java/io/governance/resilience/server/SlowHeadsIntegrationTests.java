// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SlowHeads}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SlowHeadsIntegrationTests {

	@Test
	void aSweepThatFailsGoesOnAndIsNamedOnce(CapturedOutput output) throws InterruptedException {
		CountDownLatch failed = new CountDownLatch(3);
		CountDownLatch others = new CountDownLatch(3);
		SlowHeads heads = new SlowHeads(Duration.ofMillis(40));
		heads.watch((nanos) -> {
			failed.countDown();
			throw new IllegalStateException("no connectors");
		});
		heads.watch((nanos) -> others.countDown());
		heads.start();
		assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
		heads.stop();
		assertThat(output).containsOnlyOnce("head-timeout=failed");
	}

}
