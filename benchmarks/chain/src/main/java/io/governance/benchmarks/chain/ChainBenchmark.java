// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

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
 * A call that is admitted and answered at once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class ChainBenchmark {

	/** What is around it. */
	@Param({ "PICK", "GOVERNANCE", "ON_THE_WIRE", "RESILIENCE4J", "SENTINEL" })
	public String side;

	private Application application;

	private Chain chain;

	/**
	 * Starts the application.
	 */
	@Setup
	public void start() {
		this.application = Application.start();
		this.chain = Chain.Side.valueOf(this.side).in(this.application);
	}

	/**
	 * A call.
	 * @return the response
	 * @throws IOException when it is rejected, which none is
	 */
	@Benchmark
	public Object call() throws IOException {
		return this.chain.call();
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void stop() {
		this.application.close();
	}

}
