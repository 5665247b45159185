// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.targets;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.governance.discovery.Instance;
import org.jspecify.annotations.Nullable;

/**
 * One group of Prometheus' HTTP service discovery; a group has one instance here. Of an
 * instance's metadata only what is named here is shown.
 *
 * @param targets host and port to scrape
 * @param labels what Prometheus adds to each series
 */
record ScrapeTarget(List<String> targets, Map<String, String> labels) {

	private static final String NO_METRICS = "none";

	/** {@code null} for an instance that does not say where its metrics are. */
	static @Nullable ScrapeTarget of(Instance instance) {
		Map<String, String> metadata = instance.metadata();
		String path = metadata.get("metrics-path");
		if (path == null || NO_METRICS.equals(path)) {
			return null;
		}
		Map<String, String> labels = new TreeMap<>();
		labels.put("service", instance.service());
		labels.put("instance_id", instance.id());
		putIfSet(labels, "version", metadata.get("version"));
		putIfSet(labels, "zone", metadata.get("zone"));
		labels.put("__metrics_path__", path);
		labels.put("__scheme__", isSecure(instance) ? "https" : "http");
		return new ScrapeTarget(List.of(address(instance)), labels);
	}

	private static String address(Instance instance) {
		String port = instance.metadata().get("management-port");
		String address = instance.address();
		return (port != null && port.matches("\\d{1,5}")) ? address.substring(0, address.lastIndexOf(':') + 1) + port
				: address;
	}

	private static boolean isSecure(Instance instance) {
		String own = instance.metadata().get("management-secure");
		if (own != null) {
			return Boolean.parseBoolean(own);
		}
		return instance.secure() && !instance.metadata().containsKey("management-port");
	}

	private static void putIfSet(Map<String, String> labels, String name, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			labels.put(name, value);
		}
	}

}
