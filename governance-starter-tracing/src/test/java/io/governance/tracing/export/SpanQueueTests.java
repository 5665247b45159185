// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.governance.tracing.export.SpanQueue.Offer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpanQueueTests {

	@Test
	void holdsNoMoreSpansThanItMay() {
		SpanQueue queue = new SpanQueue(2, 1000);
		assertThat(queue.hasRoom()).isTrue();
		assertThat(List.of(queue.offer(new byte[1]), queue.offer(new byte[1]), queue.offer(new byte[1])))
			.containsExactly(Offer.NOW_MUCH, Offer.WAITS, Offer.REFUSED);
		assertThat(queue.hasRoom()).isFalse();
		assertThat(queue.size()).isEqualTo(2);
		assertThat(queue.bytes()).isEqualTo(2);
	}

	@Test
	void holdsNoMoreBytesThanItMay() {
		SpanQueue queue = new SpanQueue(100, 10);
		assertThat(List.of(queue.offer(new byte[6]), queue.offer(new byte[6]), queue.offer(new byte[4])))
			.containsExactly(Offer.NOW_MUCH, Offer.REFUSED, Offer.WAITS);
		assertThat(queue.hasRoom()).isFalse();
		assertThat(queue.take(100, 100)).hasSize(2);
		assertThat(queue.bytes()).isZero();
		assertThat(queue.hasRoom()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "10000, 1000000, 500", "10, 1000000, 5", "1, 1000000, 1", "10000, 1000, 50" })
	void saysOnceThatThereIsMuch(int maxSpans, long maxBytes, int much) {
		SpanQueue queue = new SpanQueue(maxSpans, maxBytes);
		for (int i = 1; i <= much; i++) {
			assertThat(queue.hasMuch()).isFalse();
			assertThat(queue.offer(new byte[10])).isEqualTo((i < much) ? Offer.WAITS : Offer.NOW_MUCH);
		}
		assertThat(queue.hasMuch()).isTrue();
		assertThat(queue.offer(new byte[10])).isNotEqualTo(Offer.NOW_MUCH);
	}

	@Test
	void givesTheOldestFirstAndAtLeastOne() {
		SpanQueue queue = new SpanQueue(100, 100);
		IntStream.rangeClosed(1, 5).forEach((length) -> queue.offer(new byte[length]));
		assertThat(queue.take(2, 100)).extracting((span) -> span.length).containsExactly(1, 2);
		assertThat(queue.take(100, 7)).extracting((span) -> span.length).containsExactly(3, 4);
		assertThat(queue.take(100, 1)).extracting((span) -> span.length).containsExactly(5);
		assertThat(queue.take(100, 100)).isEmpty();
		assertThat(queue.size()).isZero();
	}

	@Test
	void losesNothingThatItTookFromManyThreads() throws Exception {
		SpanQueue queue = new SpanQueue(500, 1_000_000);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		List<Future<Integer>> accepted = IntStream.range(0, 4)
			.mapToObj((thread) -> threads.submit(() -> (int) IntStream.range(0, 5_000)
				.filter((span) -> queue.offer(new byte[10]) != Offer.REFUSED)
				.count()))
			.toList();
		int taken = 0;
		threads.shutdown();
		while (!threads.isTerminated()) {
			taken += queue.take(100, 1_000_000).size();
			assertThat(queue.bytes()).isLessThanOrEqualTo(5_040);
		}
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		taken += queue.take(Integer.MAX_VALUE, Integer.MAX_VALUE).size();
		int offered = 0;
		for (Future<Integer> count : accepted) {
			offered += count.get();
		}
		assertThat(taken).isEqualTo(offered);
		assertThat(List.of(queue.size(), queue.bytes())).containsExactly(0, 0L);
	}

}
