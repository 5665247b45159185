// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.governance.lease.LeaseBeat;
import io.governance.lease.LeaseGrant;
import io.governance.lease.LeaseHolder;
import io.governance.lease.LeaseRequest;
import io.governance.lease.LeaseStore;
import io.governance.lease.Leases.State;
import io.governance.test.ManualTimeSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class StoredLeasesTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final ScriptedStore store = new ScriptedStore();

	private final StoredLeases leases = new StoredLeases(this.store, 3, this.time);

	private final RecordingHolder holder = new RecordingHolder();

	private void turn(long nanos) throws InterruptedException {
		for (long passed = 0; passed < nanos; passed += 100_000_000) {
			this.time.advance(Duration.ofMillis(100));
			this.leases.turn(0);
		}
	}

	private void up() throws InterruptedException {
		this.leases.turn(0);
		this.store.beats.remove().complete(new LeaseBeat(2, 1));
	}

	private Health health() {
		return new LeasesHealthIndicator(this.leases).health();
	}

	@Test
	void withoutARuleNothingIsAskedAndHealthSaysSo() {
		this.leases.start();
		assertThat(this.leases.isUsed()).isFalse();
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("store", "not used: no rule with scope cluster");
		assertThat(this.store.beats).isEmpty();
		this.leases.stop();
	}

	@Test
	void theStateIsThatOfTheLastAnswer() throws Exception {
		this.leases.join();
		assertThat(this.leases.state()).isEqualTo(State.CONNECTING);
		assertThat(this.leases.instances()).isZero();
		assertThat(this.leases.expectedInstances()).isEqualTo(3);
		up();
		assertThat(this.leases.state()).isEqualTo(State.UP);
		assertThat(this.leases.instances()).isEqualTo(2);
		assertThat(health().getDetails()).containsEntry("store", "up").containsEntry("instances", 2);
		turn(StoredLeases.BEAT_NANOS);
		this.store.beats.remove().completeExceptionally(new IllegalStateException("gone"));
		assertThat(this.leases.state()).isEqualTo(State.DOWN);
		assertThat(this.leases.instances()).isEqualTo(2);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("store", "down")
			.containsEntry("cause", "java.lang.IllegalStateException: gone");
	}

	@Test
	void anAnswerThatDoesNotComeIsAFailure() throws Exception {
		up();
		turn(StoredLeases.BEAT_NANOS + StoredLeases.ANSWER_NANOS + StoredLeases.BEAT_NANOS);
		assertThat(this.leases.state()).isEqualTo(State.DOWN);
		assertThat(this.leases.cause()).isEqualTo("no answer");
		assertThat(this.leases.outages()).isEqualTo(1);
	}

	@Test
	void eachRequestIsToldItsOutcomeOnce() throws Exception {
		up();
		this.leases.ask(this.holder, 0);
		this.leases.turn(0);
		CompletableFuture<LeaseGrant> answer = this.store.asked.remove();
		answer.complete(new LeaseGrant(5, 0, 7));
		assertThat(this.holder.outcomes).containsExactly("granted 5");
		this.leases.ask(this.holder, 0);
		this.leases.turn(0);
		turn(StoredLeases.ANSWER_NANOS);
		this.store.asked.remove().complete(new LeaseGrant(9, 0, 0));
		assertThat(this.holder.outcomes).containsExactly("granted 5", "failed");
	}

	@Test
	void whatIsAskedForWhileTheStoreIsAwayFails() throws Exception {
		this.leases.ask(this.holder, 0);
		this.leases.turn(0);
		assertThat(this.holder.outcomes).containsExactly("failed");
		assertThat(this.store.asked).isEmpty();
	}

	@Test
	void aBucketIsTakenForNewOnlyIfItCannotHaveBeenLost() throws Exception {
		up();
		this.leases.ask(this.holder, 0);
		this.leases.turn(0);
		this.holder.known = true;
		this.leases.ask(this.holder, 0);
		this.leases.turn(0);
		this.holder.known = false;
		turn(StoredLeases.BEAT_NANOS);
		this.store.beats.remove().complete(new LeaseBeat(2, 99));
		this.leases.ask(this.holder, 0);
		this.leases.turn(0);
		assertThat(this.store.full).containsExactly(true, false, false);
	}

	@Test
	void aStoreThatIsNotThereIsAwayAndSaysWhy() throws Exception {
		StoredLeases none = new StoredLeases(new NoLeaseStore("no Redis"), 1, this.time);
		none.turn(0);
		assertThat(none.state()).isEqualTo(State.DOWN);
		assertThat(none.cause()).contains("no Redis");
	}

	private static final class RecordingHolder implements LeaseHolder {

		private final List<String> outcomes = new ArrayList<>();

		private boolean known;

		@Override
		public LeaseRequest request() {
			return new LeaseRequest("b", 1, 1_000_000, 10, 1, 2, 0, 5, 0, false, this.known);
		}

		@Override
		public void granted(LeaseGrant grant) {
			this.outcomes.add("granted " + grant.permits());
		}

		@Override
		public void failed() {
			this.outcomes.add("failed");
		}

	}

	private static final class ScriptedStore implements LeaseStore {

		private final Queue<CompletableFuture<LeaseBeat>> beats = new ArrayDeque<>();

		private final Queue<CompletableFuture<LeaseGrant>> asked = new ArrayDeque<>();

		private final List<Boolean> full = new ArrayList<>();

		@Override
		public CompletionStage<LeaseBeat> beat() {
			CompletableFuture<LeaseBeat> answer = new CompletableFuture<>();
			this.beats.add(answer);
			return answer;
		}

		@Override
		public CompletionStage<LeaseGrant> lend(LeaseRequest request, boolean isFull) {
			CompletableFuture<LeaseGrant> answer = new CompletableFuture<>();
			this.asked.add(answer);
			this.full.add(isFull);
			return answer;
		}

		@Override
		public void close() {
			this.beats.clear();
		}

	}

}
