// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.overload;

import java.util.Locale;
import java.util.Map;

/**
 * What the work is for.
 */
enum Kind {

	/** A few workers; the CPU load that load shedding sees is the share that works. */
	QUEUE(20, Map.of("overloaded.cpu", "scripted")),

	/** The CPU, as load shedding measures it. */
	BURN(2, Map.of());

	private final int atOnce;

	private final Map<String, String> properties;

	Kind(int atOnce, Map<String, String> properties) {
		this.atOnce = atOnce;
		this.properties = properties;
	}

	/** So many calls at a time keep it busy. */
	int atOnce() {
		return this.atOnce;
	}

	Map<String, String> properties() {
		return this.properties;
	}

	String title() {
		return name().toLowerCase(Locale.ROOT);
	}

	String path() {
		return "/" + title();
	}

}
