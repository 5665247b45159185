// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The window says at every moment what a list of all that happened says.
 */
class CallWindowPropertyTests {

	private static final long BUCKET = Duration.ofMillis(25).toNanos();

	private static final int SUCCESS = 0;

	private static final int FAILURE = 1;

	private static final int DROP = 2;

	/** Something that happened in a bucket, by number. */
	private record Happening(long bucket, int kind) {

	}

	@Property(tries = 300)
	void agreesWithANaiveOne(@ForAll @Size(max = 200) List<@IntRange(max = 2) Integer> kinds,
			@ForAll @Size(min = 200, max = 200) List<@IntRange(max = 120) Integer> pausesMillis) {
		CallWindow window = new CallWindow(Duration.ofSeconds(1), 0);
		List<Happening> happened = new ArrayList<>();
		long now = 0;
		for (int i = 0; i < kinds.size(); i++) {
			// most things happen in one bucket
			now += (pausesMillis.get(i) > 60) ? Duration.ofMillis(pausesMillis.get(i) - 60).toNanos() : 0;
			window.moveTo(now);
			add(window, kinds.get(i));
			happened.add(new Happening(now / BUCKET, kinds.get(i)));
			assertAgreement(window, happened, now / BUCKET);
		}
	}

	private static void add(CallWindow window, int kind) {
		switch (kind) {
			case SUCCESS -> window.addSuccess();
			case FAILURE -> window.addFailure();
			default -> window.addDrop();
		}
	}

	private static void assertAgreement(CallWindow window, List<Happening> happened, long current) {
		List<Happening> inside = happened.stream()
			.filter((happening) -> current - happening.bucket() < CallWindow.BUCKETS)
			.toList();
		assertThat(window.accepts()).isEqualTo(sum(inside, SUCCESS));
		assertThat(window.ended()).isEqualTo(sum(inside, SUCCESS) + sum(inside, FAILURE));
		assertThat(window.drops()).isEqualTo(sum(inside, DROP));
		assertThat(window.failingBuckets()).isEqualTo(run(inside, FAILURE, SUCCESS));
		assertThat(window.workingBuckets()).isEqualTo(run(inside, SUCCESS, FAILURE));
	}

	private static long sum(List<Happening> inside, int kind) {
		return inside.stream().filter((happening) -> happening.kind() == kind).count();
	}

	private static int run(List<Happening> inside, int kind, int other) {
		Set<Long> ending = buckets(inside, other);
		long last = ending.stream().mapToLong(Long::longValue).max().orElse(-1);
		return (int) buckets(inside, kind).stream().filter((bucket) -> bucket > last).count();
	}

	private static Set<Long> buckets(List<Happening> inside, int kind) {
		return inside.stream()
			.filter((happening) -> happening.kind() == kind)
			.map(Happening::bucket)
			.collect(Collectors.toSet());
	}

}
