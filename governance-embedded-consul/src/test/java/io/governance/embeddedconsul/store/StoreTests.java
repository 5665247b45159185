// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.governance.embeddedconsul.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class StoreTests {

	private static final Watched<Pair> LEFT = Watched.by(Pair::left);

	private final ManualTime time = new ManualTime();

	private final Store<Pair> store = new Store<>(new Pair(5, 5), this.time);

	@Test
	void answersAtOnceWhenTheIndexIsBehind() {
		assertThat(this.store.await(query(4), LEFT)).isCompletedWithValue(new Pair(5, 5));
		assertThat(this.store.await(BlockingQuery.NONE, LEFT)).isCompleted();
		assertThat(this.store.waiting()).isZero();
	}

	@Test
	void wakesOnItsOwnChangeOnly() {
		CompletableFuture<Pair> blocked = this.store.await(query(5), LEFT);
		this.store.update((pair) -> Change.to(new Pair(5, 6)));
		assertThat(blocked).isNotDone();
		this.store.update((pair) -> Change.to(new Pair(7, 6)));
		assertThat(blocked).isCompletedWithValue(new Pair(7, 6));
		assertThat(this.store.waiting()).isZero();
	}

	@Test
	void doesNotWakeForAChangeBelowTheIndexAskedFor() {
		CompletableFuture<Pair> blocked = this.store.await(query(100), LEFT);
		this.store.update((pair) -> Change.to(new Pair(99, 5)));
		assertThat(blocked).isNotDone();
		this.store.update((pair) -> Change.to(new Pair(101, 5)));
		assertThat(blocked).isCompleted();
	}

	@Test
	void doesNotWakeForWhatIsStillMissingThoughItsIndexGrows() {
		Watched<Pair> missing = new Watched<>(Pair::left, (pair) -> 0);
		CompletableFuture<Pair> blocked = this.store.await(query(5), missing);
		this.store.update((pair) -> Change.to(new Pair(6, 5)));
		assertThat(blocked).isNotDone();
		assertThat(this.store.await(query(5), missing)).isCompleted();
	}

	@Test
	void answersWithTheStateOfNowWhenTimeIsUp() {
		CompletableFuture<Pair> blocked = this.store.await(query(5), LEFT);
		this.store.update((pair) -> Change.to(new Pair(5, 9)));
		this.time.advance(Duration.ofSeconds(10).minusNanos(1));
		this.store.expire();
		assertThat(blocked).isNotDone();
		this.time.advance(Duration.ofNanos(1));
		this.store.expire();
		assertThat(blocked).isCompletedWithValue(new Pair(5, 9));
		assertThat(this.store.waiting()).isZero();
	}

	@Test
	void forgetsAQueryThatIsCancelled() {
		CompletableFuture<Pair> blocked = this.store.await(query(5), LEFT);
		assertThat(this.store.waiting()).isOne();
		blocked.cancel(false);
		assertThat(this.store.waiting()).isZero();
	}

	@Test
	void staysAsItIsWhenATransitionFails() {
		CompletableFuture<Pair> blocked = this.store.await(query(5), LEFT);
		assertThatIllegalStateException().isThrownBy(() -> this.store.update((pair) -> {
			throw new IllegalStateException();
		}));
		assertThat(this.store.state()).isEqualTo(new Pair(5, 5));
		assertThat(blocked).isNotDone();
		this.store.update((pair) -> Change.to(new Pair(6, 6)));
		assertThat(blocked).isCompleted();
	}

	@Test
	void tellsTheWriterWhetherItsConditionHeld() {
		assertThat(this.store.update((pair) -> new Change<>(pair, false))).isFalse();
		assertThat(this.store.update((pair) -> new Change<>(pair, true))).isTrue();
	}

	@Test
	void reportsNoIndexBelowOne() {
		assertThat(LEFT.index(new Pair(0, 0))).isOne();
	}

	private static BlockingQuery query(long index) {
		return new BlockingQuery(index, Duration.ofSeconds(10).toNanos());
	}

	private record Pair(long left, long right) {
	}

}
