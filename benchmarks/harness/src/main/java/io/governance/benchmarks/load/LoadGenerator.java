// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import io.governance.time.TimeSource;
import org.HdrHistogram.Histogram;

/**
 * Sends GET requests for one path of one server on loopback. Not thread-safe: one run at
 * a time.
 */
public final class LoadGenerator {

	private static final long LONGEST = Duration.ofMinutes(1).toNanos();

	private static final long GRACE = Duration.ofSeconds(2).toNanos();

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final TimeSource time;

	private final InetSocketAddress address;

	private final byte[] request;

	/**
	 * Creates a generator.
	 * @param time the clock
	 * @param port the server's port on 127.0.0.1
	 * @param path what is asked for
	 */
	public LoadGenerator(TimeSource time, int port, String path) {
		this.time = time;
		this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		this.request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAccept: application/json\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Runs the load.
	 * @param pace when requests start
	 * @param connections how many are opened at most, when they are needed, and kept
	 * @param duration for how long requests start
	 * @return what was measured
	 * @throws IOException when the server cannot be reached
	 */
	public LoadResult run(Pace pace, int connections, Duration duration) throws IOException {
		try (Selector selector = Selector.open()) {
			Run run = new Run(selector, pace, connections);
			try {
				return run.run(duration);
			}
			finally {
				for (SelectionKey key : selector.keys()) {
					key.channel().close();
				}
			}
		}
	}

	private final class Run {

		private final Selector selector;

		private final Deque<Connection> free = new ArrayDeque<>();

		private final Pace pace;

		/** Connections that were not needed yet. */
		private int closed;

		private long start;

		private long end;

		private final Histogram latencies = new Histogram(LONGEST, 3);

		private int[] inTime = new int[0];

		private long due;

		private long inFlight;

		private long failed;

		Run(Selector selector, Pace pace, int connections) {
			this.selector = selector;
			this.pace = pace;
			this.closed = connections;
		}

		void open() throws IOException {
			this.free.add(new Connection(LoadGenerator.this.address, LoadGenerator.this.request, this.selector));
		}

		LoadResult run(Duration duration) throws IOException {
			this.start = LoadGenerator.this.time.nanoTime();
			this.end = this.start + duration.toNanos();
			this.due = this.start;
			this.inTime = new int[(int) ((duration.toNanos() + GRACE) / SECOND) + 1];
			long now = this.start;
			while (now - this.end < 0 || (this.inFlight > 0 && now - this.end < GRACE)) {
				startDue(now);
				if (this.pace.isClosed() || !isDueNow(now)) {
					this.selector.select(this::onReadable, 1);
				}
				else {
					this.selector.selectNow(this::onReadable);
				}
				now = LoadGenerator.this.time.nanoTime();
			}
			long unanswered = this.inFlight
					+ (this.pace.isClosed() ? 0 : Math.max(0, (this.end - this.due) / this.pace.intervalNanos()));
			return new LoadResult(this.latencies.getTotalCount(), this.failed, unanswered, this.end - this.start,
					this.latencies, Arrays.copyOf(this.inTime, (int) ((this.end - this.start) / SECOND)));
		}

		private boolean isDueNow(long now) {
			return this.due - now < 1_000_000 && this.due - this.end < 0;
		}

		private boolean hasFree() throws IOException {
			if (this.free.isEmpty() && this.closed > 0) {
				this.closed--;
				open();
			}
			return !this.free.isEmpty();
		}

		private void startDue(long now) throws IOException {
			while (hasFree() && now - this.end < 0 && (this.pace.isClosed() || this.due - now <= 0)) {
				Connection connection = this.free.remove();
				connection.send(this.pace.isClosed() ? now : this.due);
				this.due += this.pace.intervalNanos();
				this.inFlight++;
			}
		}

		private void onReadable(SelectionKey key) {
			Connection connection = (Connection) key.attachment();
			try {
				int status = connection.read();
				if (status != 0) {
					onAnswer(connection, status);
				}
			}
			catch (ConnectException ex) {
				throw new UncheckedIOException("server gone in the middle of a run", ex);
			}
			catch (IOException ex) {
				this.failed += connection.busy ? 1 : 0;
				this.inFlight -= connection.busy ? 1 : 0;
				this.free.remove(connection);
				close(connection);
			}
		}

		private void onAnswer(Connection connection, int status) {
			this.inFlight--;
			long now = LoadGenerator.this.time.nanoTime();
			if (status == 200) {
				onSuccess(now, now - connection.intendedStart);
			}
			else {
				this.failed++;
			}
			if (connection.last) {
				close(connection);
			}
			else {
				this.free.add(connection);
			}
		}

		private void onSuccess(long now, long nanos) {
			this.latencies.recordValue(Math.min(nanos, LONGEST));
			int second = (int) ((now - this.start) / SECOND);
			if (nanos <= SECOND && second < this.inTime.length) {
				this.inTime[second]++;
			}
		}

		/** Another one is opened in its place when it is needed. */
		private void close(Connection connection) {
			try {
				connection.close();
				this.closed++;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
