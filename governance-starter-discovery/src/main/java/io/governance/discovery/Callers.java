// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.selection.Locality;
import org.jspecify.annotations.Nullable;

/**
 * Where this process and the other instances of its service are. Thread-safe.
 */
final class Callers {

	private volatile Locality locality;

	private volatile boolean wanted;

	Callers(@Nullable String zone) {
		this.locality = new Locality(zone, Map.of());
	}

	Locality locality() {
		return this.locality;
	}

	void want(boolean nowWanted) {
		this.wanted = nowWanted;
	}

	boolean isWanted() {
		return this.wanted;
	}

	/**
	 * Counts the instances of this service by zone. Those that name none are in none.
	 * @return whether that is news to somebody
	 */
	synchronized boolean count(List<Instance> instances) {
		Map<String, Integer> counts = new HashMap<>();
		for (Instance instance : instances) {
			String zone = Endpoint.zone(instance);
			if (zone != null) {
				counts.merge(zone, 1, Integer::sum);
			}
		}
		Locality before = this.locality;
		this.locality = new Locality(before.zone(), counts);
		return !counts.equals(before.callers());
	}

}
