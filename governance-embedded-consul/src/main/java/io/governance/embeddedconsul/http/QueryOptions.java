// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.time.Duration;

import io.governance.embeddedconsul.catalog.Node;
import io.governance.embeddedconsul.store.BlockingQuery;
import io.governance.embeddedconsul.store.RefusedException;

/**
 * The parameters every read of the catalog and the key/value store takes.
 *
 * @param blocking whether and how long to wait
 * @param consistency the word for {@code X-Consul-Effective-Consistency}
 * @param nodeMatches whether the one node satisfies {@code node-meta}
 */
record QueryOptions(BlockingQuery blocking, String consistency, boolean nodeMatches) {

	private static final Duration DEFAULT_WAIT = Duration.ofMinutes(5);

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

	/**
	 * Like the real one, a wait is stretched a little: clients that began together part.
	 */
	private static final int STRETCH = 16;

	static QueryOptions of(ApiRequest request) {
		if (request.has("stale") && request.has("consistent")) {
			throw new RefusedException(400, "Cannot specify ?stale with ?consistent, conflicting semantics.");
		}
		if (request.has("filter")) {
			throw new RefusedException(400,
					"filter: " + request.text("filter") + " (expected: none, the embedded registry does not filter)");
		}
		String datacenter = request.text("dc");
		if (!datacenter.isEmpty() && !datacenter.equals(Node.DATACENTER)) {
			throw new RefusedException(500, "No path to datacenter");
		}
		String consistency = request.has("stale") ? "stale" : request.has("consistent") ? "consistent" : "leader";
		boolean nodeMatches = request.all("node-meta").stream().allMatch("consul-network-segment:"::equals);
		return new QueryOptions(blocking(request), consistency, nodeMatches);
	}

	private static BlockingQuery blocking(ApiRequest request) {
		Duration wait = DEFAULT_WAIT;
		String text = request.text("wait");
		if (!text.isEmpty()) {
			wait = GoDuration.parse(text).orElseThrow(() -> new RefusedException(400, "Invalid wait time"));
		}
		if (wait.compareTo(LONGEST_WAIT) > 0) {
			wait = LONGEST_WAIT;
		}
		long index = index(request.text("index"));
		long nanos = Math.max(0, wait.toNanos());
		// The spread comes from the index: nothing here depends on chance.
		long stretch = (nanos / STRETCH) * Math.floorMod(index, (long) STRETCH) / STRETCH;
		return (index == 0) ? BlockingQuery.NONE : new BlockingQuery(index, nanos + stretch);
	}

	private static long index(String text) {
		if (text.isEmpty()) {
			return 0;
		}
		try {
			long index = Long.parseLong(text);
			if (index >= 0 && text.charAt(0) != '+') {
				return index;
			}
		}
		catch (NumberFormatException ex) {
			// refused below, as a negative one is
		}
		throw new RefusedException(400, "Invalid index");
	}

}
