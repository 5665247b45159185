// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.policy.Call.Priority;
import io.governance.policy.Outcome;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What no answer in time says of the callee: nothing where the caller had little time.
 */
class NoAnswerInTimeTests {

	static final List<IOException> WHEN_STOPPED = List.of(new SocketException("Socket closed"),
			new InterruptedIOException("Request aborted"), new IOException("cancelled", new CancellationException()),
			new HttpTimeoutException("request timed out"));

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ExecutorFixture fixture = new ExecutorFixture();

	private static CallContext until(TimeSource time, Duration left) {
		return new CallContext(Deadline.in(time, left), 1, Map.of(), null, Priority.DEFAULT);
	}

	@ParameterizedTest
	@CsvSource({ "PT1S,PT0.4S,CANCELLED", "PT1S,PT0.5S,TIMEOUT", "PT1S,PT5S,TIMEOUT", ",PT5S,CANCELLED" })
	void aBlockingCallCountsIfTheCalleeHadHalfOfTheTimeThatRulesGive(@Nullable Duration total, Duration left,
			Outcome.Kind kind) {
		BlockingCallExecutor executor = new BlockingCallExecutor(this.fixture.execution(1, total));
		assertThatThrownBy(
				() -> executor.execute(this.fixture.call, until(this.fixture.time, left), new BlockingHanging()))
			.isInstanceOf(CallTimeoutException.class);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind).containsExactly(kind);
		assertThat(this.fixture.calls.releases()).extracting(Outcome::kind).containsExactly(kind);
	}

	@ParameterizedTest
	@FieldSource("WHEN_STOPPED")
	void anInnerCallWithoutAnAnswerInTimeIsATimeoutWhateverTheClientSaid(IOException said) {
		BlockingHanging exchange = new BlockingHanging();
		exchange.inner = new CallTimeoutException("stock", 1, 80_000_000, null, said);
		BlockingCallExecutor executor = new BlockingCallExecutor(this.fixture.execution(1, PATIENCE));
		assertThatThrownBy(() -> executor.execute(this.fixture.call, CallContext.NONE, exchange))
			.isSameAs(exchange.inner);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.TIMEOUT);
	}

	@Test
	void aReactiveCallOfACallerWithLittleTimeDoesNotCount() {
		TimeSource time = TimeSource.system();
		ReactiveCallExecutor executor = new ReactiveCallExecutor(this.fixture.execution(1, PATIENCE, time));
		CallContext context = until(time, Duration.ofMillis(50));
		assertThatThrownBy(() -> executor.execute(this.fixture.call, context, new ReactiveHanging()).block(PATIENCE))
			.isInstanceOf(CallTimeoutException.class);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(this.fixture.calls.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
	}

	@ParameterizedTest
	@CsvSource({ ",CANCELLED", "PT0.4S,TIMEOUT", "PT0.1S,TIMEOUT" })
	void aClientsOwnTimeIsEnough(@Nullable Duration own, Outcome.Kind kind) {
		AsyncCallExecutor executor = new AsyncCallExecutor(this.fixture.execution(1, Duration.ofSeconds(1)),
				(task, nanos) -> null);
		CompletableFuture<Integer> call = executor.execute(this.fixture.call,
				until(this.fixture.time, Duration.ofMillis(400)), own, new AsyncHanging());
		assertThatThrownBy(call::join).hasCauseInstanceOf(CallTimeoutException.class);
		assertThat(this.fixture.attempts.releases()).extracting(Outcome::kind).containsExactly(kind);
		assertThat(this.fixture.calls.releases()).extracting(Outcome::kind).containsExactly(kind);
	}

	/**
	 * Gives up when the time of the attempt is up.
	 */
	private final class AsyncHanging implements AsyncExchange<Integer> {

		@Override
		public void resume(Runnable step) {
			step.run();
		}

		@Override
		public CompletableFuture<Integer> send(Attempt attempt) {
			NoAnswerInTimeTests.this.fixture.time.advance(attempt.timeout());
			return CompletableFuture.failedFuture(new TimeoutException("deadline exceeded"));
		}

		@Override
		public Integer answer(int status, String rule) {
			return status;
		}

		@Override
		public Throwable failure(IOException error) {
			return error;
		}

		@Override
		public ResponseHead head(Integer response) {
			return new ResponseHead(response, false, null);
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		@Override
		public @Nullable Answers<Integer> answers() {
			return null;
		}

	}

	/**
	 * Gives up when the time of the attempt is up, or fails as an inner call did.
	 */
	private final class BlockingHanging implements BlockingExchange<Integer> {

		private @Nullable RuntimeException inner;

		@Override
		public Integer send(Attempt attempt) throws HttpTimeoutException {
			if (this.inner != null) {
				throw this.inner;
			}
			NoAnswerInTimeTests.this.fixture.time.advance(attempt.timeout());
			throw new HttpTimeoutException("request timed out");
		}

		@Override
		public Integer answer(int status, String rule) {
			return status;
		}

		@Override
		public ResponseHead head(Integer response) {
			return new ResponseHead(response, false, null);
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		@Override
		public void discard(Integer response, long boundNanos) {
			// holds nothing
		}

	}

	/**
	 * Never answers.
	 */
	private static final class ReactiveHanging implements ReactiveExchange<Integer> {

		@Override
		public Mono<Integer> send(Attempt attempt) {
			return Mono.never();
		}

		@Override
		public Integer answer(int status, String rule) {
			return status;
		}

		@Override
		public ResponseHead head(Integer response) {
			return new ResponseHead(response, false, null);
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		@Override
		public Mono<Void> discard(Integer response) {
			return Mono.empty();
		}

	}

}
