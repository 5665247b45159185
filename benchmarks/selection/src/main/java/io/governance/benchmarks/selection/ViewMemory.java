// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntToLongFunction;

import io.governance.benchmarks.document.Tables;
import io.governance.benchmarks.selection.StockSide.Chain;

/**
 * What the list of a called service weighs: the heap with many instances less the heap
 * with one, after collections, divided by the instances. Argument: the file to write the
 * table into.
 */
public final class ViewMemory {

	private static final int COLLECTIONS = 4;

	private static final int[] SIZES = { 1_000, 10_000 };

	private ViewMemory() {
	}

	/**
	 * Measures.
	 * @param args as above
	 * @throws IOException when the table cannot be written
	 */
	public static void main(String[] args) throws IOException {
		StringBuilder table = new StringBuilder("| | bytes per instance of 1,000 | of 10,000 |\n|---|---|---|\n");
		for (String algorithm : new String[] { "round-robin", "peak-ewma", "ring-hash" }) {
			table.append(row("`" + algorithm + "`", (size) -> used(algorithm, size)));
		}
		for (Chain chain : new Chain[] { Chain.DEFAULT, Chain.FULL }) {
			table.append(row("Spring Cloud: " + chain.title(), (size) -> used(chain, size)));
		}
		System.out.println(table);
		Tables.write(Path.of(args[0]), "selection", Map.of("memory", table.toString()));
	}

	private static String row(String title, IntToLongFunction used) {
		// the first time loads classes
		long first = used.applyAsLong(1);
		long one = Math.min(first, used.applyAsLong(1));
		StringBuilder row = new StringBuilder("| " + title);
		for (int size : SIZES) {
			row.append(" | %,d".formatted((used.applyAsLong(size) - one) / (size - 1)));
		}
		return row.append(" |\n").toString();
	}

	private static long used(String algorithm, int size) {
		try (GovernanceSide side = GovernanceSide.of(new Fleet(size), algorithm)) {
			side.call(new UserCall("somebody"));
			return heap();
		}
	}

	private static long used(Chain chain, int size) {
		try (StockSide side = StockSide.of(new Fleet(size), chain)) {
			side.choose();
			return heap();
		}
	}

	private static long heap() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
