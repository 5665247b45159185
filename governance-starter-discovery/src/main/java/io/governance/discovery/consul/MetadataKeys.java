// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Consul's metadata keys know letters, digits, dash and underscore only. The dot of
 * {@code gateway.expose} is written as two underscores there.
 */
final class MetadataKeys {

	private static final String DOT = "__";

	private MetadataKeys() {
	}

	static Map<String, String> encode(Map<String, String> metadata) {
		Map<String, String> encoded = new LinkedHashMap<>();
		metadata.forEach((key, value) -> encoded.put(key.replace(".", DOT), value));
		return encoded;
	}

	static String decode(String key) {
		return key.replace(DOT, ".");
	}

}
