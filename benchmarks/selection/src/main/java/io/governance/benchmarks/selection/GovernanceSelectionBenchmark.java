// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

import java.util.concurrent.TimeUnit;

import io.governance.discovery.Instance;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A pick by {@code InstanceSelector}, the report of its end included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class GovernanceSelectionBenchmark {

	/** How many instances there are. */
	@Param({ "10", "1000", "10000" })
	public int instances;

	/** How one is chosen. */
	@Param({ "round-robin", "random", "least-request", "peak-ewma", "ring-hash" })
	public String algorithm;

	private final UserCall[] calls = UserCall.ofUsers();

	private GovernanceSide side;

	private int turn;

	/**
	 * Starts the application and has its bad instances ejected.
	 */
	@Setup
	public void start() {
		Fleet fleet = new Fleet(this.instances);
		this.side = GovernanceSide.of(fleet, this.algorithm).eject(fleet, this.calls);
	}

	/**
	 * A pick.
	 * @return the instance
	 */
	@Benchmark
	public Instance pick() {
		this.turn = UserCall.next(this.turn);
		return this.side.call(this.calls[this.turn]);
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void stop() {
		this.side.close();
	}

}
