// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.time.Duration;

import io.governance.policy.concurrencylimit.OverloadSimulation.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The default rule at a service that can carry 20 calls of 100 ms each at a time, and
 * from the middle of the run on 10 only, without being told.
 */
class OverloadTests {

	private static final double CAPACITY = 200;

	private static final int SETTLING = 5;

	private static OverloadSimulation limited() {
		return new OverloadSimulation(20, LimitTestBed.rule());
	}

	private static void assertCarries(double capacity, Figures figures) {
		assertThat(figures.goodput()).as("goodput of %s", figures).isGreaterThanOrEqualTo(0.9 * capacity);
		assertThat(figures.p99()).as("p99 of %s", figures).isLessThanOrEqualTo(500);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 5, 10 })
	void doesWhatItCanUnderAnyLoadAndWhenItCanHalfOfThat(int times) {
		OverloadSimulation simulation = limited();
		simulation.run(times * CAPACITY, SETTLING);
		assertCarries(CAPACITY, simulation.measure(times * CAPACITY, 30));
		simulation.permits = 10;
		simulation.run(times * CAPACITY, SETTLING);
		assertCarries(CAPACITY / 2, simulation.measure(times * CAPACITY, 30));
	}

	@Test
	void doesWhatItCanWhileTheLoadGrowsAndTheCapacityIsHalved() {
		OverloadSimulation simulation = limited();
		for (int times : new int[] { 1, 2, 5, 10 }) {
			simulation.permits = 20;
			simulation.run(times * CAPACITY, SETTLING);
			assertCarries(CAPACITY, simulation.measure(times * CAPACITY, 15));
			simulation.permits = 10;
			simulation.run(times * CAPACITY, SETTLING);
			assertCarries(CAPACITY / 2, simulation.measure(times * CAPACITY, 15));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 5, 10 })
	void withoutTheLimitItCollapses(int times) {
		OverloadSimulation simulation = new OverloadSimulation(20, null);
		simulation.run(times * CAPACITY, SETTLING);
		assertThat(simulation.measure(times * CAPACITY, 30).goodput()).isLessThan(0.1 * CAPACITY);
	}

	@Test
	void withoutTheLimitItCollapsesWhenItCanHalf() {
		OverloadSimulation simulation = new OverloadSimulation(20, null);
		simulation.run(CAPACITY, SETTLING);
		simulation.permits = 10;
		simulation.run(CAPACITY, SETTLING);
		assertThat(simulation.measure(CAPACITY, 30).goodput()).isLessThan(0.1 * CAPACITY);
	}

	@Test
	void rejectsNobodyWithoutOverload() {
		OverloadSimulation simulation = limited();
		simulation.run(0.5 * CAPACITY, SETTLING);
		Figures figures = simulation.measure(0.5 * CAPACITY, 60);
		assertThat(figures.normal()).as("%s", figures).isEqualTo(1);
	}

	@Test
	void admitsAllAgainWhenTheOverloadIsOver() {
		OverloadSimulation simulation = limited();
		simulation.run(10 * CAPACITY, 60);
		simulation.run(0.5 * CAPACITY, SETTLING);
		Figures figures = simulation.measure(0.5 * CAPACITY, 30);
		assertThat(figures.normal()).as("%s", figures).isEqualTo(1);
		assertThat(figures.p99()).isLessThan(150);
	}

	@Test
	void findsTheCapacityThatCameBack() {
		OverloadSimulation simulation = limited();
		simulation.permits = 10;
		simulation.run(5 * CAPACITY, 60);
		simulation.permits = 20;
		simulation.run(5 * CAPACITY, 2 * SETTLING);
		assertCarries(CAPACITY, simulation.measure(5 * CAPACITY, 20));
	}

	@Test
	void callsThatMatterPassAnOverloadOfOthers() {
		OverloadSimulation simulation = limited();
		simulation.critical = 0.02;
		simulation.sheddable = 0.5;
		simulation.run(10 * CAPACITY, SETTLING);
		Figures figures = simulation.measure(10 * CAPACITY, 30);
		assertThat(figures.critical()).as("%s", figures).isGreaterThan(0.99);
		assertThat(figures.normal()).isGreaterThan(figures.sheddable());
		assertCarries(CAPACITY, figures);
	}

	@Test
	void whatBecameSlowerForGoodIsUsualInTheEnd() {
		OverloadSimulation simulation = new OverloadSimulation(1_000, LimitTestBed.rule());
		simulation.run(100, 60);
		simulation.workNanos = Duration.ofMillis(300).toNanos();
		simulation.run(100, 300);
		Figures figures = simulation.measure(100, 60);
		assertThat(figures.normal()).as("%s", figures).isEqualTo(1);
	}

}
