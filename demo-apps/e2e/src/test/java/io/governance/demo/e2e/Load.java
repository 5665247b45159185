// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Orders at a steady pace, whether or not the ones before have been answered; up to a
 * number of them, where a machine that is too slow for the pace is to be spared.
 */
final class Load implements AutoCloseable {

	static final String ORDER = "{\"sku\":\"book\",\"quantity\":1}";

	private final ScheduledExecutorService pacer = Executors.newSingleThreadScheduledExecutor();

	private final List<Sent> calls = new ArrayList<>();

	private final CompletableFuture<Void> allSent = new CompletableFuture<>();

	private final AtomicInteger sent = new AtomicInteger();

	private final int atOnce;

	private final Semaphore unanswered;

	private Load(int atOnce) {
		this.atOnce = atOnce;
		this.unanswered = new Semaphore(atOnce);
	}

	static Load start(Http http, String url, int calls, int perSecond) {
		return start(http, url, calls, perSecond, Integer.MAX_VALUE);
	}

	static Load start(Http http, String url, int calls, int perSecond, int atOnce) {
		Load load = new Load(atOnce);
		load.pacer.scheduleAtFixedRate(() -> load.send(http, url, calls), 0, 1_000_000L / perSecond,
				TimeUnit.MICROSECONDS);
		return load;
	}

	private void send(Http http, String url, int most) {
		if (this.sent.get() == most) {
			this.allSent.complete(null);
			return;
		}
		if (!this.unanswered.tryAcquire()) {
			return;
		}
		CompletableFuture<HttpResponse<String>> call = http.postLater(url, ORDER);
		call.whenComplete((response, error) -> this.unanswered.release());
		synchronized (this.calls) {
			this.calls.add(new Sent(TimeSource.system().epochMillis(), call));
		}
		this.sent.incrementAndGet();
	}

	int sent() {
		return this.sent.get();
	}

	int underWay() {
		return this.atOnce - this.unanswered.availablePermits();
	}

	/**
	 * Waits for all answers: a status each, or what went wrong.
	 */
	List<String> answers() {
		this.allSent.join();
		List<String> answers = new ArrayList<>();
		synchronized (this.calls) {
			for (Sent call : this.calls) {
				answers.add(
						call.answer
							.handle((response, error) -> (response != null)
									? response.statusCode()
											+ ((response.statusCode() != 201) ? " " + response.body() : "")
									: error.toString())
							.join());
			}
		}
		return answers;
	}

	/**
	 * How many of the orders that were sent in a span of time each instance of a service
	 * took part in, as far as they were answered.
	 */
	Map<String, Integer> served(String service, long fromMillis, long toMillis) {
		Pattern instance = Pattern.compile("\"(" + service + "-\\d+)\"");
		Map<String, Integer> counts = new TreeMap<>();
		synchronized (this.calls) {
			for (Sent call : this.calls) {
				if (call.millis >= fromMillis && call.millis < toMillis) {
					Matcher found = instance.matcher(call.answer.handle((response, error) -> body(response)).join());
					if (found.find()) {
						counts.merge(found.group(1), 1, Integer::sum);
					}
				}
			}
		}
		return counts;
	}

	private static String body(@Nullable HttpResponse<String> response) {
		return (response != null) ? response.body() : "";
	}

	/**
	 * Sends no more, and waits for the answers to what was sent.
	 */
	List<String> stop() {
		this.pacer.shutdown();
		try {
			if (!this.pacer.awaitTermination(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("still sending");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		this.allSent.complete(null);
		return answers();
	}

	@Override
	public void close() {
		this.pacer.shutdownNow();
	}

	/**
	 * An order under way.
	 *
	 * @param millis when it was sent
	 * @param answer its answer
	 */
	private record Sent(long millis, CompletableFuture<HttpResponse<String>> answer) {
	}

}
