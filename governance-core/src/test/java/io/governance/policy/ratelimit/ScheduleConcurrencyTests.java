// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.governance.policy.Decision;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleConcurrencyTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final Answers answers = new Answers(new TestContext("rate-limit/r", this.time).context(), false);

	private static List<Decision> fromFourThreads(Limiter limiter, Answers answers, int calls) throws Exception {
		List<Decision> decisions = new ArrayList<>();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<List<Decision>>> asked = IntStream.range(0, 4)
				.mapToObj((thread) -> threads
					.submit(() -> IntStream.range(0, calls).mapToObj((call) -> limiter.tryAcquire(answers)).toList()))
				.toList();
			for (Future<List<Decision>> one : asked) {
				decisions.addAll(one.get());
			}
		}
		finally {
			threads.shutdownNow();
		}
		return decisions;
	}

	@Test
	void eachCallHasATurnOfItsOwnWithoutGaps() throws Exception {
		Schedule schedule = new Schedule(TestLimit.of(1_000).pacingMillis(3_000).rule().rate(), this.time);
		List<Decision> decisions = fromFourThreads(schedule, this.answers, 1_000);
		List<Long> waits = decisions.stream()
			.filter(Decision.Delayed.class::isInstance)
			.map((decision) -> ((Decision.Delayed) decision).waitNanos() / 1_000_000)
			.sorted()
			.toList();
		assertThat(waits).isEqualTo(LongStream.rangeClosed(1, 3_000).boxed().toList());
		assertThat(decisions).filteredOn(Decision.Admitted.class::isInstance).hasSize(1);
		assertThat(decisions).filteredOn(Decision.Rejected.class::isInstance).hasSize(999);
	}

	@Test
	void warmUpCountsEveryCallOnce() throws Exception {
		TestLimit limit = TestLimit.of(1_000).burst(1_000L).warmUp(Duration.ofSeconds(10));
		Schedule shared = new Schedule(limit.rule().rate(), this.time);
		Schedule alone = new Schedule(limit.rule().rate(), this.time);
		long expected = IntStream.range(0, 4_000)
			.mapToObj((call) -> alone.tryAcquire(this.answers))
			.filter(Decision.Admitted.class::isInstance)
			.count();
		assertThat(fromFourThreads(shared, this.answers, 1_000)).filteredOn(Decision.Admitted.class::isInstance)
			.hasSize((int) expected);
		assertThat(shared.nanosToFull()).isEqualTo(alone.nanosToFull());
	}

}
