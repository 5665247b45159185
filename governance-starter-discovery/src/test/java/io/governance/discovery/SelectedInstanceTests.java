// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.governance.selection.Copy;
import io.governance.selection.Destination;
import io.governance.selection.Destination.HeaderChanges;
import io.governance.selection.Destination.Subset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SelectedInstanceTests {

	private final AtomicInteger released = new AtomicInteger();

	private Copy copy() {
		return new Copy("shadow", new Destination("mirror/all", Subset.ALL, HeaderChanges.NONE, () -> {
		}), 1, (loss) -> this.released.incrementAndGet());
	}

	@Test
	void copiesAreTakenOnceAndThenBelongToWhoTookThem() {
		Copy copy = copy();
		SelectedInstance selected = new SelectedInstance(SelectionFixture.instance(1, Map.of()))
			.carrying(List.of(copy));
		assertThat(selected.takeCopies()).containsExactly(copy);
		assertThat(selected.takeCopies()).isEmpty();
		selected.cancelled();
		assertThat(this.released).hasValue(0);
	}

	@Test
	void ofTwoThatTakeTheCopiesAtOnceOneGetsThem() throws Exception {
		int rounds = 20_000;
		List<SelectedInstance> selected = Stream
			.generate(() -> new SelectedInstance(SelectionFixture.instance(1, Map.of())).carrying(List.of(copy())))
			.limit(rounds)
			.toList();
		AtomicInteger arrived = new AtomicInteger();
		FutureTask<Integer> other = new FutureTask<>(() -> takeAll(selected, arrived));
		new Thread(other, "other").start();
		assertThat(takeAll(selected, arrived) + other.get(20, TimeUnit.SECONDS)).isEqualTo(rounds);
	}

	/** The two wait for each other before each. */
	private static int takeAll(List<SelectedInstance> selected, AtomicInteger arrived) {
		int taken = 0;
		for (int i = 0; i < selected.size(); i++) {
			arrived.incrementAndGet();
			while (arrived.get() < 2 * (i + 1)) {
				Thread.yield();
			}
			taken += selected.get(i).takeCopies().size();
		}
		return taken;
	}

}
