// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.governance.context.LabelSource;
import io.governance.context.TrustedCallers;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Direction;
import io.governance.request.IgnoredPaths;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.resilience.inbound.InboundSettings;
import io.governance.test.FakeCall;
import io.governance.test.ManualTimeSource;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimedAnswer}, with a timer that never fires: what a handler does that
 * looks at no clock.
 */
class TimedAnswerTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final PolicyEngine engine = new PolicyEngine("orders", this.time, () -> 0L);

	private final DeadlineTimer stopped = new DeadlineTimer();

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@BeforeEach
	void stopTimer() {
		this.stopped.close();
	}

	@Test
	void anAnswerThatComesTooLateIsReplaced() throws IOException {
		TimedAnswer answer = begin();
		HttpServletResponse guarded = answer.guard(this.response);
		guarded.setContentType("text/plain");
		this.time.advance(Duration.ofSeconds(2));
		guarded.getWriter().write("late");
		guarded.setHeader("X-Late", "yes");
		guarded.sendError(500);
		answer.leave();
		assertTooLate();
		assertThat(this.response.containsHeader("X-Late")).isFalse();
		assertThat(this.response.containsHeader("Connection")).as("the thread is back").isFalse();
	}

	@Test
	void anAnswerWithoutABodyIsReplacedToo() {
		TimedAnswer answer = begin();
		this.time.advance(Duration.ofSeconds(2));
		answer.guard(this.response).setStatus(204);
		answer.leave();
		assertTooLate();
	}

	@Test
	void anAnswerThatBeganInTimeGoesOn() throws IOException {
		TimedAnswer answer = begin();
		HttpServletResponse guarded = answer.guard(this.response);
		guarded.getOutputStream().print("first");
		this.time.advance(Duration.ofSeconds(2));
		guarded.getOutputStream().print("last");
		answer.leave();
		assertThat(this.response.getContentAsString()).isEqualTo("firstlast");
		assertThat(this.response.getStatus()).isEqualTo(200);
	}

	@Test
	void aStreamMayBeginAsLateAsItLikes() throws IOException {
		this.request.addHeader("Accept", "text/html, Text/Event-Stream;q=0.9");
		TimedAnswer answer = begin();
		this.time.advance(Duration.ofSeconds(2));
		answer.guard(this.response).getOutputStream().print("data:1\n\n");
		answer.leave();
		assertThat(this.response.getStatus()).isEqualTo(200);
		assertThat(this.response.getContentAsString()).isEqualTo("data:1\n\n");
	}

	@Test
	void aFurtherDispatchIsGuardedOnce() {
		TimedAnswer answer = begin();
		HttpServletResponse guarded = answer.guard(this.response);
		assertThat(TimedAnswer.of(this.request)).isSameAs(answer);
		assertThat(answer.guard(guarded)).isSameAs(guarded);
		answer.leave();
		assertThat(answer.guard(this.response)).as("over").isSameAs(this.response);
	}

	private TimedAnswer begin() {
		InboundSettings settings = new InboundSettings("orders", LabelSource.NONE, new TrustedCallers(List.of()),
				this.time, new IgnoredPaths(null));
		InboundCalls calls = new InboundCalls(this.engine, settings);
		InboundRun run = calls.begin(Map.of("x-governance-timeout-ms", "1000")::get, true,
				(context) -> FakeCall.at("orders"));
		Exchange exchange = new Exchange(this.request, this.response, new MockFilterChain());
		return Objects.requireNonNull(new TimedAnswers(calls, this.stopped, (streamed) -> false).begin(run, exchange),
				"has a deadline");
	}

	private void assertTooLate() {
		assertThat(this.response.getStatus()).isEqualTo(504);
		assertThat(this.response.getContentType()).isEqualTo("application/problem+json");
		assertThat(this.response.getContentAsByteArray()).asString()
			.startsWith("{")
			.contains("deadline-exceeded")
			.endsWith("}");
		assertThat(this.engine.deadlinesExceeded(Direction.INBOUND).sum()).isOne();
	}

}
