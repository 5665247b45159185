// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a service of 20 workers, 200 calls a second, does with more than that: with the
 * built-in rule it goes on to do nearly all that it can, in time.
 */
class OverloadTests {

	private static final int CAPACITY = 200;

	private static SimulatedService service() {
		SimulatedService service = new SimulatedService(20,
				new SheddingTestBed(new LoadSheddingRuleType().defaults().get("default")));
		// as busy as it can be
		service.run(CAPACITY, 30);
		return service;
	}

	@ParameterizedTest(name = "{0} times as many calls")
	@ValueSource(doubles = { 1, 1.2, 2, 5, 10 })
	void anOverloadedServiceGoesOnToAnswer(double times) {
		SimulatedService service = service();
		service.run(CAPACITY * times, 30);
		assertThat(service.latencies.size() / 30.0).as("answers a second").isGreaterThan(0.9 * CAPACITY);
		assertThat(service.p99()).as("p99 in ms").isLessThan(1_000);
	}

	@ParameterizedTest(name = "{0} times as many calls")
	@ValueSource(doubles = { 1, 2, 5, 10 })
	void itFindsOutWithinSecondsThatItsCapacityWasHalved(double times) {
		SimulatedService service = service();
		service.run(CAPACITY * times, 15);
		service.workers(10);
		service.run(CAPACITY * times, 5);
		service.run(CAPACITY * times, 15);
		assertThat(service.latencies.size() / 15.0).as("answers a second").isGreaterThan(0.9 * CAPACITY / 2);
		assertThat(service.p99()).as("p99 in ms").isLessThan(300);
	}

	/**
	 * As where a neighbour takes the CPU, or somebody measures it coarsely.
	 */
	@ParameterizedTest(name = "cpu {0}, {1} times as many calls")
	@CsvSource({ "0.95, 1", "0.95, 2", "0.95, 10", "1, 1", "1, 2", "1, 10" })
	void aCpuThatIsAtItsEndWhateverIsDroppedTakesNoneOfItsWork(double cpu, double times) {
		SimulatedService service = service();
		service.cpu(cpu);
		service.run(CAPACITY * times, 5);
		service.run(CAPACITY * times, 30);
		assertThat(service.latencies.size() / 30.0).as("answers a second").isGreaterThan(0.9 * CAPACITY);
		assertThat(service.p99()).as("p99 in ms").isLessThan(400);
		service.workers(10);
		service.run(CAPACITY * times, 6);
		service.run(CAPACITY * times, 15);
		assertThat(service.latencies.size() / 15.0).as("answers a second").isGreaterThan(0.9 * CAPACITY / 2);
		assertThat(service.p99()).as("p99 in ms").isLessThan(500);
	}

	@Test
	void whatItCouldDoBeforeItDoesAgainAfterwards() {
		SimulatedService service = service();
		service.run(CAPACITY * 10, 30);
		service.run(CAPACITY * 0.8, 5);
		service.run(CAPACITY * 0.8, 10);
		assertThat(service.latencies.size() / 10.0).isGreaterThan(0.79 * CAPACITY);
	}

	@Test
	void withoutARuleCallsWaitForEver() {
		SimulatedService service = new SimulatedService(20, null);
		service.run(CAPACITY * 2, 30);
		assertThat(service.p99()).as("p99 in ms").isGreaterThan(10_000);
	}

}
