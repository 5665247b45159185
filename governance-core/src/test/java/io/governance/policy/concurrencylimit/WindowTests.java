// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.time.Duration;

import io.governance.fixture.Parallel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class WindowTests {

	private static final long END = Window.SHORTEST;

	private final Window window = new Window(0, END, 0);

	private static long millis(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

	private void add(int count, long nanos, long now) {
		for (int i = 0; i < count; i++) {
			this.window.add(nanos, now);
		}
	}

	@Test
	void isOverWhenItsTimeIsUpAndThereWereEnoughCalls() {
		add(10, millis(20), END - 1);
		assertThat(this.window.isOver(END - 1)).isFalse();
		assertThat(this.window.isOver(END)).isTrue();
	}

	@Test
	void goesOnUntilThereAreEnoughCalls() {
		assertThat(this.window.isOver(END)).isFalse();
		add(9, millis(20), 10 * END);
		assertThat(this.window.isOver(10 * END)).isFalse();
		this.window.addDrop(11 * END);
		assertThat(this.window.isOver(11 * END)).isTrue();
	}

	@Test
	void manyCallsEndItEarlySoThatTheirSumCannotOverflow() {
		add(Window.MANY - 1, Long.MAX_VALUE, 1);
		assertThat(this.window.isOver(1)).isFalse();
		add(1 + 10_000, Long.MAX_VALUE, 1);
		assertThat(this.window.isOver(1)).isTrue();
		assertThat(this.window.sample().timed()).isEqualTo(Window.MANY + 10_000);
		assertThat(this.window.sample().nanos()).isEqualTo(Duration.ofMinutes(10).toNanos(), within(1.0));
	}

	@Test
	void saysHowLongCallsTookOnAverageHowManyWereDroppedAndHowManyWereInFlight() {
		this.window.add(millis(10), 1);
		this.window.add(millis(30), 2);
		this.window.addDrop(3);
		this.window.inFlight(7);
		this.window.inFlight(3);
		assertThat(this.window.sample()).isEqualTo(new Window.Sample(millis(20), 2, 1, 7));
	}

	@Test
	void callsInFlightAtItsBeginningCount() {
		assertThat(new Window(0, END, 5).sample()).isEqualTo(new Window.Sample(0, 0, 0, 5));
	}

	@ParameterizedTest(name = "shortest call {0} ms: {1} ms")
	@CsvSource({ "1, 100", "50, 100", "51, 102", "150, 300", "500, 1000", "501, 1000", "60000, 1000" })
	void nextOneIsTwiceTheShortestCall(long shortest, long length) {
		add(3, millis(shortest) + 1_000_000_000, 1);
		add(1, millis(shortest), 1);
		add(3, millis(shortest) + 1_000_000_000, 1);
		assertThat(this.window.nextLength()).isEqualTo(millis(length));
	}

	@Test
	void nextOneAfterDropsOnlyIsTheLongest() {
		this.window.addDrop(1);
		assertThat(this.window.nextLength()).isEqualTo(Window.LONGEST);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, Long.MAX_VALUE - 5 })
	void originOfTheClockDoesNotMatter(long origin) {
		Window odd = new Window(origin, END, 0);
		for (int i = 0; i < 10; i++) {
			odd.add(millis(20), origin + END - 1);
		}
		assertThat(odd.isOver(origin + END - 1)).isFalse();
		assertThat(odd.isOver(origin + END)).isTrue();
		assertThat(odd.isStaleFor(origin + END - 1 + Window.LONGEST)).isFalse();
		assertThat(odd.isStaleFor(origin + END + Window.LONGEST)).isTrue();
	}

	@Test
	void goesStaleForCallsThatBeginLongAfterTheLastOneEnded() {
		this.window.add(millis(20), millis(500));
		assertThat(this.window.isStaleFor(millis(1_500))).isFalse();
		assertThat(this.window.isStaleFor(millis(1_501))).isTrue();
		this.window.addDrop(millis(700));
		assertThat(this.window.isStaleFor(millis(1_700))).isFalse();
		assertThat(this.window.last()).isEqualTo(millis(700));
	}

	@Test
	void noCallIsLostWhenManyThreadsAdd() throws InterruptedException {
		Parallel.run(4, (thread) -> {
			int number = thread + 1;
			for (int call = 1; call <= 4_000; call++) {
				this.window.inFlight(number * call);
				this.window.add(millis(number), call);
				this.window.addDrop(call);
			}
		});
		assertThat(this.window.sample()).isEqualTo(new Window.Sample(2_500_000, 16_000, 16_000, 16_000));
		assertThat(this.window.nextLength()).isEqualTo(Window.SHORTEST);
	}

}
