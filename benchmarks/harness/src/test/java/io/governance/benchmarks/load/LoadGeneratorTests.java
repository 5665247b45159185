// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.load;

import java.io.IOException;
import java.time.Duration;

import io.governance.benchmarks.process.LoopbackServer;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LoadGenerator}: what it counts is what the server saw.
 */
class LoadGeneratorTests {

	private static final Duration SHORT = Duration.ofMillis(500);

	@Test
	void aClosedLoopCountsEveryAnswer() throws IOException {
		try (LoopbackServer server = new LoopbackServer(200, "{}")) {
			LoadResult result = load(server, Pace.CLOSED);
			assertThat(result.answered()).isPositive().isEqualTo(server.received());
			assertThat(result.failed()).isZero();
			assertThat(result.unanswered()).isZero();
			assertThat(result.millis(99)).isPositive();
		}
	}

	@Test
	void anOpenLoopKeepsItsRate() throws IOException {
		try (LoopbackServer server = new LoopbackServer(200, "{}")) {
			LoadResult result = load(server, Pace.open(100));
			assertThat(result.answered() + result.unanswered()).isBetween(49L, 51L);
			assertThat(server.received()).isEqualTo(result.answered());
		}
	}

	@Test
	void anotherStatusIsAFailure() throws IOException {
		try (LoopbackServer server = new LoopbackServer(500, "{}")) {
			LoadResult result = load(server, Pace.open(100));
			assertThat(result.answered()).isZero();
			assertThat(result.failed()).isPositive().isEqualTo(server.received());
		}
	}

	private static LoadResult load(LoopbackServer server, Pace pace) throws IOException {
		return new LoadGenerator(TimeSource.system(), server.port(), "/").run(pace, 4, SHORT);
	}

}
