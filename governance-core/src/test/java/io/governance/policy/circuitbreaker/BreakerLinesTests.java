// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.util.List;

import io.governance.fixture.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a breaker says: one line per change of state, none per rejected call.
 */
class BreakerLinesTests {

	private final BreakerTestBed breaker = new BreakerTestBed();

	@RegisterExtension
	private final LogLines lines = new LogLines();

	@Test
	void eachChangeIsOneLineAndRejectedCallsAreNone() {
		this.breaker.calls(4, BreakerTestBed.FAILED);
		for (int i = 0; i < 10_000; i++) {
			assertThat(this.breaker.admits()).isFalse();
		}
		assertThat(said()).containsExactly("WARN from=CLOSED to=OPEN");
		this.breaker.time.advanceSeconds(11);
		this.breaker.calls(2, BreakerTestBed.OK);
		this.breaker.calls(100, BreakerTestBed.OK);
		assertThat(said()).containsExactly("WARN from=CLOSED to=OPEN", "INFO from=OPEN to=HALF_OPEN",
				"INFO from=HALF_OPEN to=CLOSED");
	}

	private List<String> said() {
		String who = "circuit breaker: rule=circuit-breaker/b service=inventory ";
		return this.lines.said().stream().map((line) -> line.replace(who, "")).toList();
	}

}
