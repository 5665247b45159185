// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeadlineTimer}.
 */
class DeadlineTimerTests {

	@Test
	void aTaskThatTakesLongHoldsUpNoOther() throws Exception {
		CompletableFuture<Void> gate = new CompletableFuture<>();
		CompletableFuture<String> other = new CompletableFuture<>();
		try (DeadlineTimer timer = new DeadlineTimer()) {
			timer.after(gate::join, 0);
			timer.after(() -> other.complete(Thread.currentThread().getName()), 0);
			assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("governance-deadline");
		}
		finally {
			gate.complete(null);
		}
	}

	@Test
	void tasksWaitWhenAllThreadsAreBusyAndTheTimeIsKept() throws Exception {
		CompletableFuture<Void> gate = new CompletableFuture<>();
		CompletableFuture<String> last = new CompletableFuture<>();
		try (DeadlineTimer timer = new DeadlineTimer()) {
			for (int i = 0; i < 8; i++) {
				timer.after(gate::join, 0);
			}
			Future<?> handedOver = timer.after(() -> last.complete(Thread.currentThread().getName()), 0);
			assertThat(handedOver).isNotNull().succeedsWithin(10, TimeUnit.SECONDS);
			assertThat(last).isNotDone();
			gate.complete(null);
			assertThat(last.get(10, TimeUnit.SECONDS)).isEqualTo("governance-deadline");
		}
		finally {
			gate.complete(null);
		}
	}

	@Test
	void aClosedTimerRunsNothing() {
		DeadlineTimer timer = new DeadlineTimer();
		timer.close();
		assertThat(timer.after(() -> {
		}, 0)).isNull();
	}

}
