// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.governance.benchmarks.chain.Chain.Side;
import io.governance.benchmarks.document.Machine;
import io.governance.benchmarks.document.Medians;
import io.governance.benchmarks.document.Tables;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmark in rounds, each with one fork of every side, and writes the tables.
 * Arguments: the file to write them into, rounds, iterations of a second each, as many of
 * them to warm up.
 */
public final class ChainCost {

	private static final int MOST_THREADS = 2;

	/** What was measured, round by round, by side and number of threads. */
	private final Map<String, List<RunResult>> results = new TreeMap<>();

	private ChainCost() {
	}

	/**
	 * Runs the benchmark.
	 * @param args as above
	 * @throws IOException when the tables cannot be written
	 * @throws RunnerException when a benchmark fails
	 */
	public static void main(String[] args) throws IOException, RunnerException {
		ChainCost cost = new ChainCost();
		for (int round = 0; round < Integer.parseInt(args[1]); round++) {
			for (int threads = 1; threads <= MOST_THREADS; threads++) {
				cost.add(threads, run(threads, Integer.parseInt(args[2])));
			}
		}
		Map<String, String> tables = Map.of("machine", Machine.describe(), "one", cost.table(1), "two", cost.table(2));
		tables.values().forEach(System.out::println);
		Tables.write(Path.of(args[0]), "chain", tables);
	}

	private static Collection<RunResult> run(int threads, int iterations) throws RunnerException {
		return new Runner(new OptionsBuilder().include("ChainBenchmark")
			.forks(1)
			.threads(threads)
			.warmupIterations(iterations)
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(iterations)
			.measurementTime(TimeValue.seconds(1))
			.jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.build()).run();
	}

	private void add(int threads, Collection<RunResult> round) {
		round.forEach((run) -> this.results
			.computeIfAbsent(run.getParams().getParam("side") + " " + threads, (key) -> new ArrayList<>())
			.add(run));
	}

	private String table(int threads) {
		StringBuilder table = new StringBuilder("| | ns per call | above the decorators, ns | range | bytes per call "
				+ "| above the decorators |\n|---|---|---|---|---|---|\n");
		for (Side side : Side.values()) {
			List<Double> nanos = nanos(side, threads);
			List<Double> decorators = nanos(Side.RESILIENCE4J, threads);
			List<Double> above = IntStream.range(0, nanos.size())
				.mapToObj((round) -> nanos.get(round) - decorators.get(round))
				.sorted()
				.toList();
			double bytes = Medians.median(bytes(side, threads));
			table.append("| %s | %,.0f | %,.0f | %,.0f to %,.0f | %,.0f | %,.0f |%n".formatted(side.title(),
					Medians.median(nanos), Medians.median(above), above.get(0), above.get(above.size() - 1), bytes,
					bytes - Medians.median(bytes(Side.RESILIENCE4J, threads))));
		}
		return table.toString();
	}

	private List<RunResult> results(Side side, int threads) {
		return Objects.requireNonNull(this.results.get(side.name() + " " + threads));
	}

	private List<Double> nanos(Side side, int threads) {
		return results(side, threads).stream().map((run) -> run.getPrimaryResult().getScore()).toList();
	}

	private List<Double> bytes(Side side, int threads) {
		return results(side, threads).stream().map(ChainCost::bytes).toList();
	}

	private static double bytes(RunResult run) {
		return run.getSecondaryResults()
			.entrySet()
			.stream()
			.filter((result) -> result.getKey().endsWith("gc.alloc.rate.norm"))
			.mapToDouble((result) -> result.getValue().getScore())
			.findFirst()
			.orElseThrow();
	}

}
