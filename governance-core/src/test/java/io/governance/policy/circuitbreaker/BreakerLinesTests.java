// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a breaker says: one line per change of state, none per rejected call.
 */
class BreakerLinesTests {

	private final BreakerTestBed breaker = new BreakerTestBed();

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.governance");

	@BeforeEach
	void listen() {
		this.lines.start();
		this.logger.addAppender(this.lines);
		// off in all other tests
		this.logger.setLevel(Level.INFO);
	}

	@AfterEach
	void leave() {
		this.logger.setLevel(null);
		this.logger.detachAppender(this.lines);
	}

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
		return this.lines.list.stream()
			.map((event) -> event.getLevel() + " " + event.getFormattedMessage().replace(who, ""))
			.toList();
	}

}
