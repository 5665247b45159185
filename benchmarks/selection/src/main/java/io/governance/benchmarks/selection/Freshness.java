// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.governance.benchmarks.document.Medians;
import io.governance.benchmarks.document.Tables;
import io.governance.benchmarks.selection.StockSide.Chain;
import io.governance.time.TimeSource;

/**
 * How long it takes from a change in a real Consul to the first picks that know of it.
 * Arguments: the {@code consul} command, the file to write the table into, rounds.
 */
public final class Freshness {

	private static final int INSTANCES = 10;

	private static final int FIRST_PORT = 8000;

	/** More than a few rounds over all instances. */
	private static final int PICKS = 60;

	private static final String NEW = Fleet.SERVICE + "-new";

	private static final long LONGEST = Duration.ofMinutes(2).toNanos();

	/** So that changes come at different ages of a cache. */
	private static final long PAUSE = Duration.ofSeconds(4).toNanos();

	private static final long REST = Duration.ofMillis(1).toNanos();

	private static final double MILLIS = 1e6;

	private final ConsulProcess consul;

	private final int rounds;

	private Freshness(ConsulProcess consul, int rounds) {
		this.consul = consul;
		this.rounds = rounds;
	}

	/**
	 * Measures.
	 * @param args as above
	 * @throws IOException when the table cannot be written
	 */
	public static void main(String[] args) throws IOException {
		StringBuilder table = new StringBuilder(
				"| | called after it registered: median | longest | not called after it left: median | longest |\n"
						+ "|---|---|---|---|---|\n");
		try (ConsulProcess consul = new ConsulProcess(args[0])) {
			Freshness freshness = new Freshness(consul, Integer.parseInt(args[2]));
			for (int number = 0; number < INSTANCES; number++) {
				consul.register(Fleet.SERVICE + "-" + number, FIRST_PORT + number);
			}
			try (GovernanceSide side = GovernanceSide.onConsul(consul.port())) {
				UserCall call = new UserCall("somebody");
				table.append(freshness.row("starter", () -> side.call(call).id()));
			}
			for (Chain chain : List.of(Chain.DEFAULT, Chain.UNCACHED)) {
				try (StockSide side = StockSide.onConsul(consul.port(), chain)) {
					table.append(freshness.row("Spring Cloud: " + chain.title(), () -> side.choose().getInstanceId()));
				}
			}
		}
		System.out.println(table);
		Tables.write(Path.of(args[1]), "selection", Map.of("freshness", table.toString()));
	}

	private String row(String title, Supplier<String> pick) {
		List<Double> added = new ArrayList<>();
		List<Double> removed = new ArrayList<>();
		// a first list, and a cache that is filled
		millisUntil(pick, (ids) -> !ids.toList().isEmpty());
		for (int round = 1; round <= this.rounds; round++) {
			LockSupport.parkNanos(round * PAUSE);
			this.consul.register(NEW, FIRST_PORT + INSTANCES);
			added.add(millisUntil(pick, (ids) -> ids.anyMatch(NEW::equals)));
			LockSupport.parkNanos(round * PAUSE);
			this.consul.deregister(NEW);
			removed.add(millisUntil(pick, (ids) -> ids.noneMatch(NEW::equals)));
		}
		return "| %s | %,.0f ms | %,.0f ms | %,.0f ms | %,.0f ms |%n".formatted(title, Medians.median(added),
				Collections.max(added), Medians.median(removed), Collections.max(removed));
	}

	private static double millisUntil(Supplier<String> pick, Predicate<Stream<String>> known) {
		TimeSource time = TimeSource.system();
		long begin = time.nanoTime();
		while (time.nanoTime() - begin < LONGEST) {
			if (known.test(Stream.generate(pick).limit(PICKS))) {
				return (time.nanoTime() - begin) / MILLIS;
			}
			LockSupport.parkNanos(REST);
		}
		throw new IllegalStateException("picks: not changed within two minutes (expected: to know of the change)");
	}

}
