// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpanQueueTests {

	@Test
	void holdsNoMoreSpansThanItMay() {
		SpanQueue queue = new SpanQueue(2, 1000);
		assertThat(queue.hasRoom()).isTrue();
		assertThat(List.of(queue.offer(new byte[1]), queue.offer(new byte[1]), queue.offer(new byte[1])))
			.containsExactly(1, 2, 0);
		assertThat(queue.hasRoom()).isFalse();
		assertThat(queue.size()).isEqualTo(2);
		assertThat(queue.bytes()).isEqualTo(2);
	}

	@Test
	void holdsNoMoreBytesThanItMay() {
		SpanQueue queue = new SpanQueue(100, 10);
		assertThat(List.of(queue.offer(new byte[6]), queue.offer(new byte[6]), queue.offer(new byte[4])))
			.containsExactly(1, 0, 2);
		assertThat(queue.hasRoom()).isFalse();
		assertThat(queue.take(100, 100)).hasSize(2);
		assertThat(queue.bytes()).isZero();
		assertThat(queue.hasRoom()).isTrue();
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
			.mapToObj((thread) -> threads
				.submit(() -> (int) IntStream.range(0, 5_000).filter((span) -> queue.offer(new byte[10]) > 0).count()))
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
