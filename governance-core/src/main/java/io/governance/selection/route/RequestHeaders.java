// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.route;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Changes of request headers.
 *
 * @param add values by name; they take the place of what is there
 * @param remove names
 */
public record RequestHeaders(
		@RuleField("Values by name; they take the place of what is there.") Map<String, String> add,
		@RuleField("Names of headers that are taken away.") List<String> remove) {

	/**
	 * Sets the defaults.
	 * @param add values by name
	 * @param remove names
	 */
	public RequestHeaders(@Nullable Map<String, String> add, @Nullable List<String> remove) {
		this.add = (add != null) ? Collections.unmodifiableMap(new TreeMap<>(add)) : Map.of();
		this.remove = (remove != null) ? List.copyOf(remove) : List.of();
	}

}
