// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.governance.context.CallContext;
import io.governance.context.RetryNote;
import io.governance.policy.Call.Priority;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which hop tries a failure again, and who is told.
 */
class RetriesAcrossHopsTests {

	private static final ResponseHead FAILURE = head(503);

	private static final ResponseHead RETRIED = new ResponseHead(503, false, true, null);

	private final ExecutorFixture fixture = new ExecutorFixture();

	private final RetryNote note = new RetryNote();

	@Test
	void aFailureAfterTheLastAttemptIsNoted() throws IOException {
		assertThat(attempts(2, 1, FAILURE, FAILURE)).isEqualTo(2);
		assertThat(this.note.concerns(503)).isTrue();
		assertThat(this.note.concerns(200)).as("the handler helped itself").isFalse();
	}

	@Test
	void aFailureThatPassesIsNotNoted() throws IOException {
		assertThat(attempts(2, 1, FAILURE, head(200))).isEqualTo(2);
		assertThat(this.note.concerns(503)).isFalse();
	}

	@Test
	void aFailureOfACallThatIsMadeForARetryIsNoted() throws IOException {
		assertThat(attempts(2, 2, FAILURE)).isEqualTo(1);
		assertThat(this.note.concerns(503)).isTrue();
	}

	@Test
	void aFailureThatWasTriedAgainBehindTheCalleeIsPassedOn() throws IOException {
		assertThat(attempts(2, 1, RETRIED)).isEqualTo(1);
		assertThat(this.note.concerns(503)).isTrue();
	}

	@Test
	void itIsPassedOnWhereNoRuleMeansThatFailureToo() throws IOException {
		assertThat(attempts(1, 1, RETRIED)).isEqualTo(1);
		assertThat(this.note.concerns(503)).isTrue();
	}

	@Test
	void aFailureThatIsNotTriedAgainAnywayIsNotNoted() throws IOException {
		assertThat(attempts(2, 1, head(500))).as("not meant by the rule").isEqualTo(1);
		assertThat(attempts(1, 1, FAILURE)).as("one attempt in all").isEqualTo(1);
		assertThat(this.note.concerns(503)).isFalse();
	}

	@Test
	void workThatNoCallStartedHasNobodyToTell() throws IOException {
		Heads heads = new Heads(new ArrayDeque<>(List.of(RETRIED)));
		execute(2, CallContext.NONE, heads);
		assertThat(heads.left()).isEmpty();
	}

	private int attempts(int most, int attemptOfCaller, ResponseHead... answers) throws IOException {
		Heads heads = new Heads(new ArrayDeque<>(List.of(answers)));
		execute(most, new CallContext(null, attemptOfCaller, Map.of(), null, Priority.DEFAULT, this.note), heads);
		return answers.length - heads.left().size();
	}

	private void execute(int most, CallContext context, Heads heads) throws IOException {
		new BlockingCallExecutor(this.fixture.execution(most, null), (nanos) -> {
		}).execute(this.fixture.call, context, heads);
	}

	private static ResponseHead head(int status) {
		return new ResponseHead(status, false, null);
	}

	/**
	 * Answers with one head after the other.
	 */
	private record Heads(Queue<ResponseHead> left) implements BlockingExchange<ResponseHead> {

		@Override
		public ResponseHead send(Attempt attempt) {
			return this.left.remove();
		}

		@Override
		public ResponseHead answer(int status, String rule) {
			throw new AssertionError("no fault");
		}

		@Override
		public ResponseHead head(ResponseHead response) {
			return response;
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		@Override
		public void discard(ResponseHead response, long boundNanos) {
			// holds nothing
		}

	}

}
