// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.watch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.governance.configserver.directory.RevisionSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The watch requests that are held. A waiter is registered first and its revision
 * compared after that; a change in between is therefore seen by one of the two.
 * Thread-safe.
 */
final class Waiters implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Waiters.class);

	private static final int BEFORE_GRACEFUL_SHUTDOWN = Integer.MAX_VALUE - 512;

	private final RevisionSource revisions;

	private final WatchProperties properties;

	private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	Waiters(RevisionSource revisions, WatchProperties properties) {
		this.revisions = revisions;
		this.properties = properties;
		revisions.addListener(this::answerChanged);
	}

	DeferredResult<ResponseEntity<RevisionAnswer>> await(String application, String profile, @Nullable String revision,
			Duration wait) {
		Duration bounded = (wait.compareTo(this.properties.maxWait()) < 0) ? wait : this.properties.maxWait();
		Waiter waiter = new Waiter(application, profile, revision,
				new DeferredResult<>(Math.max(1, bounded.toMillis()), Waiters::unchanged));
		if (this.waiting.size() >= this.properties.maxWaiters()) {
			waiter.result.setResult(unavailable());
			return waiter.result;
		}
		this.waiting.add(waiter);
		waiter.result.onCompletion(() -> this.waiting.remove(waiter));
		try {
			answerIfChanged(waiter);
		}
		catch (RuntimeException ex) {
			// nobody completes a result that was never handed over
			this.waiting.remove(waiter);
			throw ex;
		}
		if (!this.running) {
			waiter.result.setResult(unavailable());
		}
		return waiter.result;
	}

	int size() {
		return this.waiting.size();
	}

	private void answerChanged() {
		int failed = 0;
		RuntimeException last = null;
		for (Waiter waiter : this.waiting) {
			try {
				answerIfChanged(waiter);
			}
			catch (RuntimeException ex) {
				failed++;
				last = ex;
				// it asks again and is told then
				waiter.result.setResult(unavailable());
			}
		}
		if (last != null) {
			logger.error("watch requests could not be answered, the clients ask again: failed={}", failed, last);
		}
	}

	private void answerIfChanged(Waiter waiter) {
		String current = this.revisions.revision(waiter.application, waiter.profile);
		if (current != null && !current.equals(waiter.revision)) {
			waiter.result.setResult(ResponseEntity.ok(new RevisionAnswer(waiter.application, waiter.profile, current)));
		}
	}

	private static ResponseEntity<RevisionAnswer> unchanged() {
		return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
	}

	private static ResponseEntity<RevisionAnswer> unavailable() {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, "1").build();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.waiting.forEach((waiter) -> waiter.result.setResult(unavailable()));
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Stopped before the web server's graceful phase, which would wait for held requests.
	 */
	@Override
	public int getPhase() {
		return BEFORE_GRACEFUL_SHUTDOWN;
	}

	/**
	 * Identity counts: two clients may wait for the same revision.
	 */
	private static final class Waiter {

		private final String application;

		private final String profile;

		private final @Nullable String revision;

		private final DeferredResult<ResponseEntity<RevisionAnswer>> result;

		Waiter(String application, String profile, @Nullable String revision,
				DeferredResult<ResponseEntity<RevisionAnswer>> result) {
			this.application = application;
			this.profile = profile;
			this.revision = revision;
			this.result = result;
		}

	}

}
