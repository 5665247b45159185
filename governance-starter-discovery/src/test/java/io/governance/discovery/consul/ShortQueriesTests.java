// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShortQueries}.
 */
class ShortQueriesTests {

	private final ShortQueries queries = new ShortQueries(2);

	private final List<CompletableFuture<String>> sent = new ArrayList<>();

	@Test
	void noMoreThanTheMaximumAreOutAndTheOthersFollowInTurn() {
		List<CompletableFuture<String>> results = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			results.add(this.queries.run(this::send));
		}
		assertThat(this.sent).hasSize(2);
		this.sent.get(1).complete("b");
		assertThat(this.sent).hasSize(3);
		this.sent.get(2).completeExceptionally(new IllegalStateException("away"));
		assertThat(this.sent).hasSize(4);
		assertThat(results.get(1)).isCompletedWithValue("b");
		assertThat(results.get(2)).isCompletedExceptionally();
		assertThat(results.get(0)).isNotDone();
	}

	@Test
	void aCancelledOneIsNotSentAndTakesNoPlace() {
		this.queries.run(this::send);
		CompletableFuture<String> running = this.queries.run(this::send);
		CompletableFuture<String> waiting = this.queries.run(this::send);
		this.queries.run(this::send);
		waiting.cancel(true);
		running.cancel(true);
		assertThat(this.sent.get(1)).isCancelled();
		assertThat(this.sent).hasSize(3);
	}

	@Test
	void onesThatCannotBeSentFailAndLeaveTheirPlaces() {
		for (int i = 0; i < 3; i++) {
			CompletableFuture<String> result = this.queries.run(() -> {
				throw new IllegalArgumentException("no such path");
			});
			assertThat(result).isCompletedExceptionally();
		}
		this.queries.run(this::send);
		this.queries.run(this::send);
		assertThat(this.sent).hasSize(2);
	}

	private CompletableFuture<String> send() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.sent.add(answer);
		return answer;
	}

}
