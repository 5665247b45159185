// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.Listing;
import io.governance.discovery.RecordedListings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DnsFollowing}.
 */
class DnsFollowingTests {

	private final Instance instance = new Instance("a", "orders", "10.0.0.1", 80, false, Map.of());

	private final Deque<CompletableFuture<DnsAnswer>> answers = new ArrayDeque<>();

	private final RecordedListings said = new RecordedListings();

	private final Steps steps = new Steps();

	@Test
	void asksAgainWhenTheAnswerIsTooOld() {
		this.answers.add(answer(5));
		this.answers.add(answer(0));
		following(this.said).start();
		assertThat(this.steps.run()).isEqualTo(0);
		assertThat(this.said.lastIds()).containsExactly("a");
		assertThat(this.steps.run()).isEqualTo(5000);
		assertThat(this.steps.run()).isEqualTo(1000);
	}

	@Test
	void aFailureIsNoEmptyListAndIsTriedAgain() {
		this.answers.add(answer(5));
		this.answers.add(CompletableFuture.failedFuture(new DnsException("orders SRV: NXDOMAIN")));
		this.answers.add(CompletableFuture.failedFuture(new DnsException("orders SRV: no answer")));
		this.answers.add(answer(5));
		following(this.said).start();
		this.steps.run();
		this.steps.run();
		assertThat(this.said.lastFailure()).hasMessage("orders SRV: NXDOMAIN");
		assertThat(this.steps.run()).isEqualTo(250);
		assertThat(this.steps.run()).isEqualTo(500);
		assertThat(this.said.all()).hasSize(4);
		assertThat(this.said.last()).isEqualTo(Listing.of(List.of(this.instance)));
	}

	@Test
	void aListenerThatFailsDoesNotEndIt() {
		this.answers.add(answer(5));
		this.answers.add(answer(5));
		following(new BrokenListener()).start();
		this.steps.run();
		assertThat(this.steps.run()).isEqualTo(5000);
	}

	@Test
	void nothingIsAskedAfterItsEnd() {
		this.answers.add(answer(5));
		DnsFollowing following = following(this.said);
		following.start();
		this.steps.run();
		following.close();
		this.steps.run();
		assertThat(this.said.all()).hasSize(1);
		assertThat(this.steps.isEmpty()).isTrue();
	}

	private DnsFollowing following(InstanceSource.Listener listener) {
		return new DnsFollowing(this.answers::remove, listener,
				new DnsPace(Duration.ofSeconds(1), Duration.ofSeconds(30)), this.steps);
	}

	private CompletableFuture<DnsAnswer> answer(long ttlSeconds) {
		return CompletableFuture.completedFuture(new DnsAnswer(List.of(this.instance), ttlSeconds));
	}

	private static final class BrokenListener implements InstanceSource.Listener {

		@Override
		public void listed(Listing listing) {
			throw new IllegalStateException("broken");
		}

		@Override
		public void failed(Throwable error) {
			throw new IllegalStateException("broken");
		}

	}

	/** Runs what is due when the test says so. */
	private static final class Steps extends ScheduledThreadPoolExecutor {

		private final Deque<Runnable> tasks = new ArrayDeque<>();

		private final Deque<Long> delays = new ArrayDeque<>();

		Steps() {
			super(0);
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
			this.tasks.add(task);
			this.delays.add(unit.toMillis(delay));
			return null;
		}

		long run() {
			this.tasks.remove().run();
			return this.delays.remove();
		}

		boolean isEmpty() {
			return this.tasks.isEmpty();
		}

	}

}
