// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

import io.governance.time.TimeSource;
import tools.jackson.databind.JsonNode;

/**
 * What all watches of a process share: the connections, the thread, and the number of
 * queries that may be at the agent at once. An agent resets the 201st connection of a
 * client address, and other processes of the host need theirs: at most 32 queries wait
 * there for a change, and eight more ask for what is now. A watch that finds no place
 * asks again and again without waiting, and while there are such, a query that waited in
 * vain leaves its place to them.
 */
final class BlockingQueries {

	static final int MAXIMUM = 32;

	static final int SHORT_MAXIMUM = 8;

	static final Duration POLL = Duration.ofSeconds(1);

	/** A cluster without a leader says so after seven seconds (rpc_hold_timeout). */
	static final Duration ANSWER_TIME = Duration.ofSeconds(10);

	private final ConsulClient client;

	private final ScheduledExecutorService scheduler;

	private final WatchSettings settings;

	private final TimeSource time;

	private final Places places = new Places(MAXIMUM);

	private final ShortQueries shortQueries = new ShortQueries(SHORT_MAXIMUM);

	BlockingQueries(ConsulClient client, ScheduledExecutorService scheduler, WatchSettings settings, TimeSource time) {
		this.client = client;
		this.scheduler = scheduler;
		this.settings = settings;
		this.time = time;
	}

	ConsulClient client() {
		return this.client;
	}

	ScheduledExecutorService scheduler() {
		return this.scheduler;
	}

	WatchSettings settings() {
		return this.settings;
	}

	WatchPace newPace() {
		return new WatchPace(this.time);
	}

	Places places() {
		return this.places;
	}

	/** Waits at the agent for a change, in a place that was taken. */
	CompletableFuture<ConsulAnswer<JsonNode>> await(String path, long index) {
		String separator = (path.indexOf('?') < 0) ? "?" : "&";
		// Consul adds up to a sixteenth to the wait
		Duration longest = this.settings.blockingWait().multipliedBy(17).dividedBy(16).plus(ANSWER_TIME);
		return this.client.get(
				path + separator + "index=" + index + "&wait=" + this.settings.blockingWait().toMillis() + "ms",
				longest);
	}

	/** Asks for what is now, when it is this question's turn. */
	CompletableFuture<ConsulAnswer<JsonNode>> ask(String path) {
		return this.shortQueries.run(() -> this.client.get(path, ANSWER_TIME));
	}

}
