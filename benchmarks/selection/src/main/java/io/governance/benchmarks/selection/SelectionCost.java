// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.governance.benchmarks.document.Machine;
import io.governance.benchmarks.document.Tables;
import io.governance.benchmarks.selection.StockSide.Chain;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of both sides in one run and writes the table. Arguments: the file
 * to write the table into, forks, iterations of a second each, as many of them to warm
 * up.
 */
public final class SelectionCost {

	private static final List<String> SIZES = List.of("10", "1000", "10000");

	private static final List<String> ALGORITHMS = List.of("round-robin", "random", "least-request", "peak-ewma",
			"ring-hash");

	private static final String MIDDLE = "1000";

	/** Results by algorithm or chain and number of instances. */
	private final Map<String, RunResult> results = new TreeMap<>();

	private SelectionCost(Collection<RunResult> runs) {
		for (RunResult run : runs) {
			String algorithm = run.getParams().getParam("algorithm");
			String name = (algorithm != null) ? algorithm : run.getParams().getParam("chain");
			this.results.put(name + " " + run.getParams().getParam("instances"), run);
		}
	}

	/**
	 * Runs the benchmark.
	 * @param args as above
	 * @throws IOException when the table cannot be written
	 * @throws RunnerException when a benchmark fails
	 */
	public static void main(String[] args) throws IOException, RunnerException {
		Collection<RunResult> runs = new Runner(new OptionsBuilder().include("SelectionBenchmark")
			.forks(Integer.parseInt(args[1]))
			.warmupIterations(Integer.parseInt(args[2]))
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(Integer.parseInt(args[2]))
			.measurementTime(TimeValue.seconds(1))
			.jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.build()).run();
		String table = new SelectionCost(runs).table();
		System.out.println(table);
		Tables.write(Path.of(args[0]), "selection", Map.of("machine", Machine.describe(), "pick", table));
	}

	private String table() {
		StringBuilder table = new StringBuilder(
				"| | 10 instances | 1,000 | 10,000 | bytes per pick at 1,000 | nearest of Spring Cloud at 1,000, times |\n"
						+ "|---|---|---|---|---|---|\n");
		ALGORITHMS.forEach((algorithm) -> table.append(row("`" + algorithm + "`", algorithm)));
		for (Chain chain : Chain.values()) {
			table.append(row("Spring Cloud: " + chain.title(), chain.name()));
		}
		return table.toString();
	}

	private String row(String title, String name) {
		StringBuilder row = new StringBuilder("| " + title);
		for (String size : SIZES) {
			RunResult run = result(name, size);
			row.append(" | %,.0f ns ± %,.0f".formatted(run.getPrimaryResult().getScore(),
					run.getPrimaryResult().getScoreError()));
		}
		return row
			.append(" | %,.0f | %s |%n".formatted(bytes(name),
					ALGORITHMS.contains(name) ? "%.0f".formatted(nanos(Chain.FULL.name()) / nanos(name)) : ""))
			.toString();
	}

	private RunResult result(String name, String size) {
		return Objects.requireNonNull(this.results.get(name + " " + size));
	}

	private double nanos(String name) {
		return result(name, MIDDLE).getPrimaryResult().getScore();
	}

	private double bytes(String name) {
		return result(name, MIDDLE).getSecondaryResults()
			.entrySet()
			.stream()
			.filter((result) -> result.getKey().endsWith("gc.alloc.rate.norm"))
			.mapToDouble((result) -> result.getValue().getScore())
			.findFirst()
			.orElse(Double.NaN);
	}

}
