// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.PropertySource;

/**
 * One served document. Immutable.
 *
 * @param name its name on the server
 * @param values its values by key, each with its origin
 */
public record RemoteDocument(String name, Map<String, OriginTrackedValue> values) {

	/**
	 * Copies the map and keeps its order.
	 */
	public RemoteDocument {
		values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

	RemoteDocument filter(Predicate<String> keys) {
		Map<String, OriginTrackedValue> kept = new LinkedHashMap<>();
		for (Entry<String, OriginTrackedValue> entry : this.values.entrySet()) {
			if (keys.test(entry.getKey())) {
				kept.put(entry.getKey(), entry.getValue());
			}
		}
		return new RemoteDocument(this.name, kept);
	}

	PropertySource<?> toPropertySource(int index) {
		// the index, because Spring tells sources apart by name and servers may repeat
		// one
		return new OriginTrackedMapPropertySource("configserver:" + this.name + " #" + index, this.values, true);
	}

}
