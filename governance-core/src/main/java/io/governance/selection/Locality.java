// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where this process is, and where the other instances of its service are, which call the
 * same services.
 *
 * @param zone the own zone; {@code null} when unknown
 * @param callers how many instances of this service are in each zone, this one included;
 * empty when unknown
 */
public record Locality(@Nullable String zone, Map<String, Integer> callers) {

	/** Nothing is known. */
	public static final Locality UNKNOWN = new Locality(null, Map.of());

	/**
	 * Copies the map.
	 */
	public Locality {
		callers = Map.copyOf(callers);
	}

}
