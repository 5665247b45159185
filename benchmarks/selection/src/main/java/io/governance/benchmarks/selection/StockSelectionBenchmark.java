// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

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

import org.springframework.cloud.client.ServiceInstance;

/**
 * A pick by Spring Cloud's {@code LoadBalancerClient}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class StockSelectionBenchmark {

	/** How many instances there are. */
	@Param({ "10", "1000", "10000" })
	public int instances;

	/** The suppliers of its list. */
	@Param({ "DEFAULT", "ZONE", "WEIGHTED", "FULL", "UNCACHED" })
	public String chain;

	private StockSide side;

	/**
	 * Starts the application.
	 */
	@Setup
	public void start() {
		this.side = StockSide.of(new Fleet(this.instances), StockSide.Chain.valueOf(this.chain));
	}

	/**
	 * A pick.
	 * @return the instance
	 */
	@Benchmark
	public ServiceInstance pick() {
		return this.side.choose();
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void stop() {
		this.side.close();
	}

}
