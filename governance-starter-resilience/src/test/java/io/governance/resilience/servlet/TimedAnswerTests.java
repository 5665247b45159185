// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.governance.context.LabelSource;
import io.governance.context.TrustedCallers;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Segment;
import io.governance.request.IgnoredPaths;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.resilience.inbound.InboundSettings;
import io.governance.test.FakeCall;
import io.governance.test.ManualTimeSource;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TimedAnswer}, mostly with a timer that never fires: what a handler
 * does that looks at no clock.
 */
class TimedAnswerTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final PolicyEngine engine = new PolicyEngine("orders", this.time, () -> 0L);

	private final DeadlineTimer stopped = new DeadlineTimer();

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final InboundCalls calls = new InboundCalls(this.engine, new InboundSettings("orders", LabelSource.NONE,
			new TrustedCallers(List.of()), this.time, new IgnoredPaths(null)));

	private final InboundRun run = this.calls.begin(Map.of("x-governance-timeout-ms", "1000")::get, true,
			(context) -> FakeCall.at("orders"));

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

	@Test
	void halfAnAnswerIsNotCompleted() throws Exception {
		CompletableFuture<Boolean> asked = new CompletableFuture<>();
		this.response.setCommitted(true);
		this.time.advance(Duration.ofMillis(999));
		try (DeadlineTimer timer = new DeadlineTimer()) {
			TimedAnswer answer = begin(timer, this.response, (streamed) -> {
				asked.complete(true);
				return false;
			});
			assertThat(asked.get(10, TimeUnit.SECONDS)).as("the time is up").isTrue();
			answer.leave();
		}
		assertThat(this.run.isTimedOut()).isFalse();
		assertThat(this.response.getStatus()).isEqualTo(200);
	}

	@Test
	void anAsynchronousHandlerWritesToTheSameResponse() {
		this.request.setAsyncSupported(true);
		HttpServletResponse guarded = begin().guard(this.response);
		HttpServletRequest guardedRequest = new TimedRequest(this.request, guarded);
		assertThat(guardedRequest.startAsync().getResponse()).isSameAs(guarded);
		assertThat(guardedRequest.getAsyncContext().getRequest()).isSameAs(guardedRequest);
	}

	@Test
	void whatCompletesTheCallMayWaitForTheHandler() throws Exception {
		CompletableFuture<Boolean> asked = new CompletableFuture<>();
		this.time.advance(Duration.ofMillis(999));
		this.request.setAsyncStarted(true);
		this.request.setAsyncContext(new MockAsyncContext(this.request, this.response) {
			@Override
			public void complete() {
				asked.complete(CompletableFuture.supplyAsync(TimedAnswerTests.this::isAnsweredByHandler).join());
			}
		});
		try (DeadlineTimer timer = new DeadlineTimer()) {
			begin(timer, this.response, (streamed) -> false);
			assertThat(asked.get(10, TimeUnit.SECONDS)).isFalse();
		}
		assertTooLate();
	}

	private boolean isAnsweredByHandler() {
		TimedAnswer answer = Objects.requireNonNull(TimedAnswer.of(this.request), "begun");
		answer.change(() -> this.response.setStatus(201));
		return answer.mayAnswer();
	}

	@Test
	void theAnswerEndsBeforeTheHandlerDoes() throws IOException {
		AtomicInteger closed = new AtomicInteger();
		HttpServletResponse container = new HttpServletResponseWrapper(this.response) {
			@Override
			public ServletOutputStream getOutputStream() throws IOException {
				return new DelegatingServletOutputStream(super.getOutputStream()) {
					@Override
					public void close() {
						closed.incrementAndGet();
					}
				};
			}
		};
		TimedAnswer answer = begin(this.stopped, container, (streamed) -> false);
		this.time.advance(Duration.ofSeconds(2));
		answer.guard(container).flushBuffer();
		assertThat(closed).hasValue(1);
		assertTooLate();
	}

	@Test
	void aWriterThatIsAskedForErrorsBeginsNoAnswer() throws IOException {
		TimedAnswer answer = begin();
		PrintWriter writer = answer.guard(this.response).getWriter();
		assertThat(writer.checkError()).isFalse();
		this.time.advance(Duration.ofSeconds(2));
		writer.write("late");
		assertThat(writer.checkError()).as("nobody reads it").isTrue();
		answer.leave();
		assertTooLate();
	}

	@Test
	void aWriterTellsThatTheClientIsGone() throws IOException {
		PrintWriter gone = new PrintWriter(Writer.nullWriter()) {
			@Override
			public boolean checkError() {
				return true;
			}
		};
		PrintWriter writer = begin().guard(new HttpServletResponseWrapper(this.response) {
			@Override
			public PrintWriter getWriter() {
				return gone;
			}
		}).getWriter();
		assertThat(writer.checkError()).as("nothing written").isFalse();
		writer.write("first");
		assertThat(writer.checkError()).isTrue();
	}

	@Test
	void theStreamAndTheWriterExcludeEachOther() throws IOException {
		HttpServletResponse guarded = begin().guard(this.response);
		ServletOutputStream stream = guarded.getOutputStream();
		assertThat(guarded.getOutputStream()).isSameAs(stream);
		assertThatIllegalStateException().isThrownBy(guarded::getWriter);
		guarded.reset();
		guarded.getWriter().write("text");
		assertThatIllegalStateException().isThrownBy(guarded::getOutputStream);
		assertThat(this.response.getContentAsString()).isEqualTo("text");
	}

	@Test
	void aCallThatIsTurnedAwayTooLateIsCountedOnce() throws IOException {
		TimedAnswer answer = begin();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.calls.decide(Segment.IDENTIFIED, this.run, this.run.call()))
			.isInstanceOf(Decision.Rejected.class);
		answer.guard(this.response).getOutputStream().print("turned away");
		answer.leave();
		assertTooLate();
	}

	private TimedAnswer begin() {
		return begin(this.stopped, this.response, (streamed) -> false);
	}

	private TimedAnswer begin(DeadlineTimer timer, HttpServletResponse container,
			Predicate<HttpServletRequest> streams) {
		Exchange exchange = new Exchange(this.request, container, new MockFilterChain());
		return Objects.requireNonNull(new TimedAnswers(this.calls, timer, streams).begin(this.run, exchange),
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
