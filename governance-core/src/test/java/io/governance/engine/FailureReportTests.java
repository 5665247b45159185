// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.time.Duration;

import io.governance.fixture.LogLines;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A policy that fails with every call is said once, and then once a minute.
 */
class FailureReportTests {

	private static final int CALLS = 10_000;

	private final EngineTestBed bed = new EngineTestBed();

	@RegisterExtension
	private final LogLines lines = new LogLines();

	@Test
	void anExecutionPolicyThatFailsIsSaidOncePerMinute() {
		this.bed.apply(new TestExecutionType().rule("a", TestRule.of("fail")));
		for (int i = 0; i < CALLS; i++) {
			this.bed.engine.plan(FakeCall.to("inventory"));
		}
		assertThat(this.lines.said()).singleElement().asString().contains("rule=", "/a", "unsaid=0");
		assertThat(this.lines.events().get(0).getThrowableProxy().getMessage()).isEqualTo("broken");
		this.bed.time.advance(Duration.ofMinutes(1));
		this.bed.engine.plan(FakeCall.to("inventory"));
		assertThat(this.lines.said()).hasSize(2).last().asString().contains("unsaid=" + (CALLS - 1));
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
		assertThat(this.lines.said()).singleElement().asString().contains("calls are admitted");
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
		assertThat(this.lines.said()).singleElement().asString().contains("permit failed on release");
	}

}
