// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.configserver.directory.RevisionSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WaitersTests {

	private final ScriptedRevisions revisions = new ScriptedRevisions();

	private final Waiters waiters = new Waiters(this.revisions, new WatchProperties(Duration.ofSeconds(60), 2));

	@BeforeEach
	void start() {
		this.waiters.start();
	}

	@Test
	void anotherRevisionIsAnsweredAtOnce() {
		assertThat(await("old").getResult()).isEqualTo(changedTo("r1"));
	}

	@Test
	void theSameRevisionWaitsForAChange() {
		DeferredResult<ResponseEntity<RevisionAnswer>> result = await("r1");
		assertThat(result.hasResult()).isFalse();
		this.revisions.change("r2");
		assertThat(result.getResult()).isEqualTo(changedTo("r2"));
	}

	@Test
	void aChangeBetweenTheComparisonAndTheRegistrationIsNotMissed() {
		this.revisions.beforeAnswer = () -> {
			this.revisions.beforeAnswer = () -> {
			};
			this.revisions.change("r2");
		};
		assertThat(await("r1").getResult()).isEqualTo(changedTo("r2"));
	}

	@Test
	void aChangeOfOthersWakesNobody() {
		DeferredResult<ResponseEntity<RevisionAnswer>> result = await("r1");
		this.revisions.change("r1");
		assertThat(result.hasResult()).isFalse();
	}

	@Test
	void anUnknownRevisionIsNoChange() {
		DeferredResult<ResponseEntity<RevisionAnswer>> result = await("r1");
		this.revisions.change(null);
		assertThat(result.hasResult()).isFalse();
	}

	@Test
	void tooManyWaitersAreRefused() {
		await("r1");
		await("r1");
		assertThat(this.waiters.size()).isEqualTo(2);
		assertThat(status(await("r1"))).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
	}

	@Test
	void aRequestThatFailsIsNotHeld() {
		this.revisions.broken = "broken";
		assertThatIllegalStateException().isThrownBy(() -> await("broken", "r1"));
		assertThat(this.waiters.size()).isZero();
	}

	@Test
	void oneThatCannotBeAnsweredDoesNotKeepTheOthersFromTheChange() {
		Waiters many = new Waiters(this.revisions, new WatchProperties(Duration.ofSeconds(60), 100));
		many.start();
		List<DeferredResult<ResponseEntity<RevisionAnswer>>> results = new ArrayList<>();
		DeferredResult<ResponseEntity<RevisionAnswer>> broken = many.await("broken", "default", "r1",
				Duration.ofSeconds(30));
		for (int i = 0; i < 50; i++) {
			results.add(many.await("orders", "default", "r1", Duration.ofSeconds(30)));
		}
		this.revisions.broken = "broken";
		this.revisions.change("r2");
		assertThat(results).allSatisfy((result) -> assertThat(result.getResult()).isEqualTo(changedTo("r2")));
		assertThat(status(broken)).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
	}

	@Test
	void stoppingLetsEverybodyGo() {
		DeferredResult<ResponseEntity<RevisionAnswer>> result = await("r1");
		this.waiters.stop();
		assertThat(status(result)).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(status(await("r1"))).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
	}

	private DeferredResult<ResponseEntity<RevisionAnswer>> await(String revision) {
		return await("orders", revision);
	}

	private DeferredResult<ResponseEntity<RevisionAnswer>> await(String application, String revision) {
		return this.waiters.await(application, "default", revision, Duration.ofSeconds(30));
	}

	private static ResponseEntity<RevisionAnswer> changedTo(String revision) {
		return ResponseEntity.ok(new RevisionAnswer("orders", "default", revision));
	}

	private static @Nullable Object status(DeferredResult<ResponseEntity<RevisionAnswer>> result) {
		return (result.getResult() instanceof ResponseEntity<?> answer) ? answer.getStatusCode() : null;
	}

	private static final class ScriptedRevisions implements RevisionSource {

		private final List<Runnable> listeners = new ArrayList<>();

		private Runnable beforeAnswer = () -> {
		};

		private @Nullable String revision = "r1";

		private @Nullable String broken;

		@Override
		public @Nullable String revision(String application, String profiles) {
			if (application.equals(this.broken)) {
				throw new IllegalStateException("no revision for " + application);
			}
			String answer = this.revision;
			this.beforeAnswer.run();
			return answer;
		}

		@Override
		public void addListener(Runnable listener) {
			this.listeners.add(listener);
		}

		void change(@Nullable String next) {
			this.revision = next;
			this.listeners.forEach(Runnable::run);
		}

	}

}
