// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Follows one path of Consul's API: a query that waits at the agent until something
 * changes, or its wait is over, and then the next one. Steps of one watch never overlap.
 * After an error the index starts from zero, and so it does when the agent's index went
 * backwards.
 */
final class ConsulWatch {

	private static final Log logger = LogFactory.getLog(ConsulWatch.class);

	private final String path;

	private final BlockingQueries queries;

	private final Observer observer;

	private final WatchPace pace;

	private long index;

	private boolean observerWorks = true;

	private volatile boolean closed;

	private volatile @Nullable CompletableFuture<?> inFlight;

	ConsulWatch(String path, BlockingQueries queries, Observer observer) {
		this.path = path;
		this.queries = queries;
		this.observer = observer;
		this.pace = queries.newPace();
	}

	void start() {
		schedule(0);
	}

	void close() {
		this.closed = true;
		CompletableFuture<?> query = this.inFlight;
		if (query != null) {
			query.cancel(true);
		}
		this.queries.places().forget(this);
	}

	private void query() {
		if (this.closed) {
			this.queries.places().forget(this);
			return;
		}
		boolean waiting = this.index > 0 && this.queries.places().take(this);
		CompletableFuture<ConsulAnswer<JsonNode>> answer = waiting ? this.queries.await(this.path, this.index)
				: this.queries.ask(this.path);
		this.inFlight = answer;
		answer.whenComplete((value, error) -> finished(value, error, waiting));
	}

	private void finished(@Nullable ConsulAnswer<JsonNode> answer, @Nullable Throwable error, boolean waited) {
		boolean inVain = waited && answer != null && answer.index() == this.index;
		boolean handedOver = inVain && this.queries.places().handOver();
		if (waited && !handedOver) {
			this.queries.places().leave();
		}
		if (this.closed) {
			this.queries.places().forget(this);
			return;
		}
		if (answer == null) {
			this.index = 0;
			fail(ConsulClient.failure((error != null) ? error : new IllegalStateException("closed")));
			schedule(jittered(this.pace.afterFailure()));
			return;
		}
		boolean first = this.index == 0;
		boolean backwards = answer.index() < this.index;
		this.index = backwards ? 0 : Math.max(1, answer.index());
		deliver(answer.value(), backwards);
		boolean poll = handedOver || (!waited && !first);
		schedule(poll ? jittered(BlockingQueries.POLL.toMillis()) : this.pace.afterAnswer());
	}

	private void deliver(JsonNode value, boolean reset) {
		try {
			this.observer.answered(value, reset);
		}
		catch (RuntimeException ex) {
			fail(ConsulException.unreadable("GET " + this.path, ex));
		}
	}

	/** Whatever becomes of the news, the watch goes on. */
	private void fail(ConsulException error) {
		try {
			this.observer.failed(error);
		}
		catch (RuntimeException ex) {
			if (this.observerWorks) {
				logger.warn("watch=" + this.path + " effect=\"its state is not up to date, tried again\"", ex);
			}
			this.observerWorks = false;
		}
	}

	private void schedule(long millis) {
		try {
			this.queries.scheduler().schedule(this::query, millis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			this.closed = true;
		}
	}

	private static long jittered(long millis) {
		return millis - ThreadLocalRandom.current().nextLong(millis / 4 + 1);
	}

	/** Is told what the watch saw, one thing after the other. */
	interface Observer {

		void answered(JsonNode value, boolean reset);

		void failed(ConsulException error);

	}

}
