// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Calls without a pause, on connections that it keeps, until it is closed. Repeats a call
 * where that is safe: when no connection could be made, or the answer says that nothing
 * was done.
 */
final class Caller implements AutoCloseable {

	private static final int CALLERS = 4;

	private static final int ENOUGH_REFUSALS = 5;

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final List<Answer> answers = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

	private final AtomicInteger turn = new AtomicInteger();

	private final AtomicInteger refusals = new AtomicInteger();

	private final int leaving;

	private final int staying;

	private volatile boolean closed;

	/**
	 * Begins to call two instances in turn, until one of them has refused a few calls.
	 * @param leaving the port of the one that will refuse
	 * @param staying the port of the other; the same if there is no other
	 */
	Caller(int leaving, int staying) {
		this.leaving = leaving;
		this.staying = staying;
		for (int i = 0; i < CALLERS; i++) {
			this.threads.execute(this::call);
		}
	}

	private void call() {
		while (!this.closed) {
			Answer answer = attempt(port());
			if (answer.isRepeatable()) {
				// as our clients do: not where it was tried already
				answer = attempt(this.staying);
			}
			this.answers.add(answer);
			LockSupport.parkNanos(5_000_000);
		}
	}

	private Answer attempt(int port) {
		try {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/work"))
				.timeout(Duration.ofSeconds(20))
				.POST(HttpRequest.BodyPublishers.ofString("{}"))
				.build();
			Answer answer = new Answer(this.client.send(request, BodyHandlers.ofString()), null);
			if (answer.isRefused()) {
				this.refusals.incrementAndGet();
			}
			return answer;
		}
		catch (IOException ex) {
			return new Answer(null, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Answer(null, new IOException(ex));
		}
	}

	private int port() {
		boolean other = (this.turn.incrementAndGet() & 1) == 0 || this.refusals.get() >= ENOUGH_REFUSALS;
		return other ? this.staying : this.leaving;
	}

	/** How many attempts were refused safely. */
	int refusals() {
		return this.refusals.get();
	}

	List<Answer> answers() {
		return List.copyOf(this.answers);
	}

	@Override
	public void close() {
		this.closed = true;
		this.threads.shutdown();
		try {
			this.threads.awaitTermination(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	record Answer(@Nullable HttpResponse<String> response, @Nullable IOException error) {

		boolean isDone() {
			return this.response != null && this.response.statusCode() == 200;
		}

		boolean isRefused() {
			return this.response != null && this.response.statusCode() == 503
					&& this.response.headers().firstValue("x-governance-not-processed").isPresent();
		}

		boolean isWithoutServer() {
			return this.error instanceof ConnectException;
		}

		boolean isRepeatable() {
			return isRefused() || isWithoutServer();
		}

		boolean asksToClose() {
			return this.response != null && this.response.headers().allValues("connection").contains("close");
		}

		@Override
		public String toString() {
			return (this.response != null) ? this.response + " " + this.response.headers().map() : this.error + "";
		}

	}

}
