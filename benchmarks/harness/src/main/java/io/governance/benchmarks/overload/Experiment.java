// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.overload;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.benchmarks.load.LoadGenerator;
import io.governance.benchmarks.load.LoadResult;
import io.governance.benchmarks.load.Pace;
import io.governance.benchmarks.process.ServerProcess;
import io.governance.time.TimeSource;

/**
 * Finds out what a service can do, asks more of it, and halves what it can do in the
 * middle. The rate does not wait for answers; a client that has none after a second has
 * given up, so that what is answered later was in vain.
 */
final class Experiment {

	private static final int[] TIMES = { 1, 2, 5, 10 };

	/** More than any number of calls that are waited for. */
	private static final int CONNECTIONS = 1_000;

	private final ServerProcess server;

	private final Kind kind;

	private final Duration phase;

	private final LoadGenerator load;

	Experiment(ServerProcess server, Kind kind, Duration phase) {
		this.server = server;
		this.kind = kind;
		this.phase = phase;
		this.load = new LoadGenerator(TimeSource.system(), server.port(), kind.path());
	}

	Course run(String name, Duration warmUp) throws IOException {
		warmUp(warmUp);
		double half = capacity("/slower/0");
		double whole = capacity("/faster/0");
		List<Course.Phase> phases = new ArrayList<>();
		for (int times : TIMES) {
			ask("/slower/" + this.phase.toMillis() / 2);
			LoadResult result = this.load.run(Pace.open(whole * times), CONNECTIONS, this.phase);
			ask("/faster/0");
			phases.add(new Course.Phase(times, result));
			System.out.printf("%s, %s: %d times done%n", this.kind.title(), name, times);
		}
		return new Course(name, whole, half, phases);
	}

	/**
	 * Refusing is warmed up, too; what is left of the flood has been worked off at the
	 * end.
	 */
	private void warmUp(Duration duration) throws IOException {
		double known = this.load.run(Pace.CLOSED, this.kind.atOnce(), duration).perSecond();
		this.load.run(Pace.open(known * TIMES[TIMES.length - 1]), CONNECTIONS, duration);
		this.load.run(Pace.CLOSED, this.kind.atOnce(), duration);
	}

	/**
	 * The most it can do: as many calls at a time as keep it busy.
	 */
	private double capacity(String change) throws IOException {
		ask(change);
		return this.load.run(Pace.CLOSED, this.kind.atOnce(), this.phase.dividedBy(3)).perSecond();
	}

	private void ask(String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + this.server.port() + path)
			.toURL()
			.openConnection();
		int status = connection.getResponseCode();
		if (status != HttpURLConnection.HTTP_OK) {
			throw new IOException(path + ": " + status + " (expected: 200)");
		}
	}

}
