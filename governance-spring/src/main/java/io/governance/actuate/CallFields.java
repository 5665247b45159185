// SPDX-License-Identifier: Apache-2.0

package io.governance.actuate;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a described call that are there. Not thread-safe.
 */
final class CallFields {

	private final Map<String, String> values = new HashMap<>();

	CallFields with(String field, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			this.values.put(field, value.strip());
		}
		return this;
	}

	Map<String, String> values() {
		return this.values;
	}

}
