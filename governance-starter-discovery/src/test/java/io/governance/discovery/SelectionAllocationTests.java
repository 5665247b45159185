// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.governance.policy.Outcome;
import io.governance.test.FakeCall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole attempt, from the choice of an instance by route, zone, slow start and
 * ejections to the report of its end, allocates what it gives back and nothing per
 * instance.
 */
class SelectionAllocationTests {

	private static final int CALLS = 50_000;

	/** The rules that match, what they decided, the result, and how it ended. */
	private static final long BYTES_PER_CALL = 320;

	private static final FakeCall CALL = FakeCall.to("inventory").header("x-user", "ann");

	@ParameterizedTest
	@CsvSource({ "2, round-robin", "1000, round-robin", "2, random", "1000, random", "2, least-request",
			"1000, least-request", "2, peak-ewma", "1000, peak-ewma", "2, ring-hash", "1000, ring-hash" })
	void anAttemptAllocatesNothingPerInstance(int size, String algorithm) {
		SelectionFixture fixture = new SelectionFixture("a");
		fixture.rules("""
				route:
				  split:
				    match: {service: inventory}
				    to: [{subset: {version: "1"}, weight: 99}, {subset: {version: "2"}, weight: 1}]
				load-balancing:
				  own: {match: {service: inventory}, algorithm: %s%s}
				""".formatted(algorithm, algorithm.equals("ring-hash") ? ", hash-key: header:x-user"
				: ", slow-start: {window: 30s}, zone: {mode: prefer}"));
		fixture.instances(IntStream.rangeClosed(1, size)
			.mapToObj((i) -> SelectionFixture.instance(i,
					Map.of("version", "1", "zone", (i % 3 == 0) ? "b" : "a", "start-time", "1")))
			.toArray(Instance[]::new));
		run(fixture, CALLS);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		run(fixture, CALLS);
		long bytes = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(bytes / CALLS).as("bytes of an attempt").isLessThan(BYTES_PER_CALL);
	}

	private static void run(SelectionFixture fixture, int calls) {
		for (int i = 0; i < calls; i++) {
			fixture.select(CALL, null).end(Outcome.response(200, false, 1_000_000));
		}
	}

}
