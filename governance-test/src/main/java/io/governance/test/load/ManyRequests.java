// SPDX-License-Identifier: Apache-2.0

package io.governance.test.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Sends requests as they are written, each numbered, over a few kept connections to a
 * server on the loopback interface. A run blocks until all are answered. Thread-safe.
 */
public final class ManyRequests {

	private final int port;

	private final int connections;

	private final IntFunction<String> requests;

	/**
	 * Creates the load.
	 * @param port the server's port on 127.0.0.1
	 * @param connections how many are kept, with one request in flight each
	 * @param requests writes the request of a number: its line and headers, without the
	 * empty line at the end; without a body
	 */
	public ManyRequests(int port, int connections, IntFunction<String> requests) {
		this.port = port;
		this.connections = connections;
		this.requests = requests;
	}

	/**
	 * Sends requests and waits for their answers.
	 * @param first the number of the first
	 * @param count how many
	 * @return how many answers there were of each status
	 * @throws UncheckedIOException when one is not answered
	 */
	public Map<Integer, Integer> send(int first, int count) {
		AtomicInteger next = new AtomicInteger(first);
		List<CompletableFuture<Map<Integer, Integer>>> runs = new ArrayList<>();
		for (int number = 0; number < this.connections; number++) {
			CompletableFuture<Map<Integer, Integer>> run = new CompletableFuture<>();
			Thread thread = new Thread(() -> complete(run, next, first + count), "governance-test-load");
			thread.setDaemon(true);
			thread.start();
			runs.add(run);
		}
		Map<Integer, Integer> all = new TreeMap<>();
		runs.forEach((run) -> run.join().forEach((status, answers) -> all.merge(status, answers, Integer::sum)));
		return all;
	}

	private void complete(CompletableFuture<Map<Integer, Integer>> run, AtomicInteger next, int end) {
		try {
			run.complete(send(next, end));
		}
		catch (IOException | RuntimeException ex) {
			run.completeExceptionally(ex);
		}
	}

	private Map<Integer, Integer> send(AtomicInteger next, int end) throws IOException {
		Map<Integer, Integer> answers = new TreeMap<>();
		KeptConnection connection = new KeptConnection(this.port);
		try {
			for (int number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
				String request = this.requests.apply(number) + "\r\n\r\n";
				int status = connection.exchange(request.getBytes(StandardCharsets.ISO_8859_1));
				answers.merge(status, 1, Integer::sum);
				if (connection.isLast()) {
					connection.close();
					connection = new KeptConnection(this.port);
				}
			}
		}
		finally {
			connection.close();
		}
		return answers;
	}

}
