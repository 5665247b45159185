// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.governance.policy.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that tests spell out.
 */
public final class Hosts {

	private Hosts() {
	}

	public static Host host(String id, int weight, @Nullable String zone, Map<String, String> metadata) {
		return new Host(new Host.Identity(id, zone, metadata), weight, 0);
	}

	public static Host started(String id, long startMillis) {
		return new Host(new Host.Identity(id, null, Map.of()), 1, startMillis);
	}

	public static Host in(String zone, String id) {
		return host(id, 1, zone, Map.of());
	}

	public static Host with(String id, String name, String value) {
		return host(id, 1, null, Map.of(name, value));
	}

	/**
	 * Hosts a, b, c and so on.
	 */
	public static List<Host> weighted(int... weights) {
		return IntStream.range(0, weights.length)
			.mapToObj((i) -> host(String.valueOf((char) ('a' + i)), weights[i], null, Map.of()))
			.toList();
	}

	/**
	 * Hosts h0, h1 and so on.
	 */
	public static List<Host> equal(int count) {
		return IntStream.range(0, count).mapToObj((i) -> host("h" + i, 1, null, Map.of())).toList();
	}

	public static Host measured(Host host, long millis, long nowNanos) {
		host.begin();
		host.end(Outcome.response(200, false, TimeUnit.MILLISECONDS.toNanos(millis)), nowNanos);
		return host;
	}

	/**
	 * How often each host is picked, by its id.
	 */
	public static Map<String, Integer> count(Picker picker, int picks) {
		Map<String, Integer> counts = new HashMap<>();
		for (int i = 0; i < picks; i++) {
			counts.merge(picker.pick(null, Picker.Tried.NOTHING, 0).id(), 1, Integer::sum);
		}
		return counts;
	}

	public static Picker.Tried tried(String... ids) {
		return Arrays.asList(ids)::contains;
	}

}
