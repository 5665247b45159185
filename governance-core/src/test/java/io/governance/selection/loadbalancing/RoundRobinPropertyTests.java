// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RoundRobinPropertyTests {

	/**
	 * At every point each host is within a few turns of its share.
	 */
	@Property(tries = 100)
	void spreadTurnsKeepToTheShares(@ForAll @Size(min = 2, max = 20) List<@IntRange(min = 1, max = 1000) Integer> all) {
		double[] weights = all.stream().mapToDouble(Integer::doubleValue).toArray();
		double sum = IntStream.range(0, weights.length).mapToDouble((i) -> weights[i]).sum();
		SpreadTurns turns = new SpreadTurns(weights);
		int[] counts = new int[weights.length];
		for (int turn = 1; turn <= 2_000; turn++) {
			counts[turns.host(turn)]++;
			for (int i = 0; i < counts.length; i++) {
				assertThat(Math.abs(counts[i] - turn * weights[i] / sum)).isLessThan(6);
			}
		}
	}

	/**
	 * One cycle of a smooth sequence gives each host its weight exactly.
	 */
	@Property(tries = 100)
	void smoothSequenceGivesEachItsWeight(
			@ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 50) Integer> all) {
		int[] sequence = SmoothSequence.of(all.stream().mapToDouble(Integer::doubleValue).toArray());
		double cycles = (double) sequence.length / all.stream().mapToInt(Integer::intValue).sum();
		for (int i = 0; i < all.size(); i++) {
			int host = i;
			long count = IntStream.of(sequence).filter((picked) -> picked == host).count();
			assertThat((double) count).isEqualTo(all.get(i) * cycles, within(1e-9));
		}
	}

}
