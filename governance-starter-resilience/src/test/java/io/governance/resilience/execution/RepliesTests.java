// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.execution.CacheTurn;
import io.governance.execution.ExecutionPlan;
import io.governance.execution.Fallback;
import io.governance.policy.Outcome;
import io.governance.test.FakeCall;
import io.governance.test.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RepliesTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final List<AnswerHead> heads = new ArrayList<>();

	private final CacheTurn.Make make = new CacheTurn.Make() {

		@Override
		public @Nullable AnswerCopy copyOf(AnswerHead head) {
			RepliesTests.this.heads.add(head);
			return null;
		}

		@Override
		public void ended(boolean cancelled) {
			// nobody waits
		}

	};

	private Replies<String> replies(boolean asAsked) {
		ExecutionPlan plan = ExecutionPlan.PLAIN.withCache((call) -> this.make);
		return new Replies<>(FakeCall.to("inventory"), plan, new Texts(asAsked), this.time, null);
	}

	@Test
	void allWaitsTogetherAreNotLongerThanTheFirstMayBe() {
		Replies<String> replies = replies(true);
		CacheTurn.Wait wait = new CacheTurn.Wait(new CompletableFuture<>(), Duration.ofSeconds(5).toNanos(), this.make);
		assertThat(replies.waitNanos(wait)).isEqualTo(Duration.ofSeconds(5).toNanos());
		this.time.advance(Duration.ofSeconds(3));
		assertThat(replies.waitNanos(wait)).isEqualTo(Duration.ofSeconds(2).toNanos());
		this.time.advance(Duration.ofSeconds(3));
		assertThat(replies.waitNanos(wait)).isZero();
	}

	@Test
	void ofWhatWasNotAskedAsItWasSeenNothingIsKeptAndCachesKnow() {
		Replies<String> replies = replies(false);
		replies.turn();
		assertThat(replies.copied("response", 200)).isEqualTo("response");
		assertThat(this.heads).singleElement().satisfies((head) -> assertThat(head.mayBeKept()).isFalse());
	}

	@Test
	void aValueIsNoAnswerToARequest() {
		Fallback valued = (call, failure, fits) -> Optional.of(Answer.of("item")).filter(fits).orElse(null);
		Replies<String> replies = new Replies<>(FakeCall.to("inventory"), ExecutionPlan.PLAIN.withFallback(valued),
				new Texts(true), this.time, null);
		assertThat(replies.insteadOf(Outcome.response(500, false, 0))).isNull();
	}

	private record Texts(boolean asAsked) implements Answers<String> {

		@Override
		public String response(Answer answer) {
			return "";
		}

		@Override
		public Map<String, List<String>> headers(String response) {
			return Map.of();
		}

		@Override
		public String copied(String response, AnswerCopy copy) {
			return response;
		}

		@Override
		public boolean isAsAsked(String response) {
			return this.asAsked;
		}

	}

}
