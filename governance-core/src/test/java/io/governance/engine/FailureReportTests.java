// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A policy that fails with every call is said once, and then once a minute.
 */
class FailureReportTests {

	private static final int CALLS = 10_000;

	private final EngineTestBed bed = new EngineTestBed();

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

	private List<String> said() {
		return this.lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	@Test
	void anExecutionPolicyThatFailsIsSaidOncePerMinute() {
		this.bed.apply(new TestExecutionType().rule("a", TestRule.of("fail")));
		for (int i = 0; i < CALLS; i++) {
			this.bed.engine.plan(FakeCall.to("inventory"));
		}
		assertThat(said()).singleElement().asString().contains("rule=", "/a", "unsaid=0");
		assertThat(this.lines.list.get(0).getThrowableProxy().getMessage()).isEqualTo("broken");
		this.bed.time.advance(Duration.ofMinutes(1));
		this.bed.engine.plan(FakeCall.to("inventory"));
		assertThat(said()).hasSize(2).last().asString().contains("unsaid=" + (CALLS - 1));
	}

	@Test
	void anAdmissionPolicyThatFailsIsSaidOnceThroughChangesOfOtherRules() {
		TestAdmissionType type = new TestAdmissionType("limit", Stage.RATE_LIMIT, true);
		type.answer("x", (call) -> {
			throw new IllegalStateException("broken");
		});
		for (int i = 0; i < 100; i++) {
			this.bed.apply(type.rule("a", TestRule.of("x")), type.rule("b", TestRule.of("y" + i)));
			this.bed.call();
		}
		assertThat(said()).singleElement().asString().contains("calls are admitted");
	}

	@Test
	void permitsThatFailOnReleaseAreSaidOnce() {
		TestAdmissionType type = new TestAdmissionType("limit", Stage.RATE_LIMIT, true);
		type.answer("x", (call) -> new Decision.Admitted((outcome) -> {
			throw new IllegalStateException("broken");
		}));
		this.bed.apply(type.rule("a", TestRule.of("x")));
		for (int i = 0; i < CALLS; i++) {
			this.bed.admit().release(TestAdmissionType.ok());
		}
		assertThat(said()).singleElement().asString().contains("permit failed on release");
	}

}
