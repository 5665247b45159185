// SPDX-License-Identifier: Apache-2.0

package io.governance.test.load;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.test.process.ServerHttp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends requests that have nothing in common to a server in this JVM, and sees whether
 * the number of its series and the heap stay. The system property
 * {@code cardinality.requests} says how many, by default 20,000.
 */
public final class CardinalityCheck {

	private static final int REQUESTS = Integer.getInteger("cardinality.requests", 20_000);

	/** Fills what has bounds: values of tags, keys of limits, caches of the server. */
	private static final int BEFORE = 3_000;

	/** The same after 60,000 requests as after 300,000: what grew with each is beyond. */
	private static final long MAX_GROWTH = 32 * 1024 * 1024;

	private static final int CONNECTIONS = 8;

	private final ServerHttp http;

	private final ManyRequests requests;

	/**
	 * Creates a check.
	 * @param port the server's port on 127.0.0.1
	 * @param requests what it is sent
	 */
	public CardinalityCheck(int port, DistinctRequests requests) {
		this.http = new ServerHttp(port, Duration.ofSeconds(30));
		this.requests = new ManyRequests(port, CONNECTIONS, requests);
	}

	/**
	 * Runs the check.
	 * @return the lines of {@code /actuator/prometheus} at its end
	 * @throws AssertionError when series or heap have grown, or other answers came than
	 * 200 for one half and 404 for the other
	 */
	public List<String> run() {
		this.requests.send(0, BEFORE);
		// the first one makes series of its own
		scrape();
		long series = series(scrape());
		long heap = usedHeap();
		Map<Integer, Integer> answers = this.requests.send(BEFORE, REQUESTS);
		assertThat(usedHeap() - heap).as("growth of the heap").isLessThan(MAX_GROWTH);
		assertThat(answers).containsOnlyKeys(200, 404).containsEntry(200, REQUESTS / 2);
		List<String> scraped = scrape();
		assertThat(series(scraped)).as("series").isLessThanOrEqualTo(series + 20).isLessThan(30_000);
		return scraped;
	}

	/**
	 * Twice: where soft references are not to be kept, the second one clears them.
	 */
	private static long usedHeap() {
		System.gc();
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private static long series(List<String> scraped) {
		return scraped.stream().filter((line) -> !line.startsWith("#")).count();
	}

	private List<String> scrape() {
		HttpResponse<String> scraped = this.http.get("/actuator/prometheus");
		assertThat(scraped.statusCode()).as("status of the scrape").isEqualTo(200);
		return scraped.body().lines().toList();
	}

}
