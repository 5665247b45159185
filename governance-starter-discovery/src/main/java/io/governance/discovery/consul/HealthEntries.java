// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.discovery.Instance;
import tools.jackson.databind.JsonNode;

/**
 * Reads the answer of {@code /v1/health/service}. An instance may be called when all of
 * its checks pass, its node's included. One in maintenance is not unhealthy: an operator
 * took it out.
 *
 * @param healthy the instances that may be called
 * @param callable the instances that have an address, healthy or not
 * @param known the ids of all instances, without those in maintenance
 * @param withdrawn the ids of those in maintenance
 */
record HealthEntries(List<Instance> healthy, List<Instance> callable, Set<String> known, Set<String> withdrawn) {

	static HealthEntries of(String service, JsonNode entries) {
		List<Instance> healthy = new ArrayList<>();
		List<Instance> callable = new ArrayList<>();
		Set<String> withdrawn = new HashSet<>();
		Set<String> known = new HashSet<>();
		for (JsonNode entry : entries) {
			Set<String> ids = isInMaintenance(entry.path("Checks")) ? withdrawn : known;
			ids.add(entry.path("Service").path("ID").asString(""));
			if (isCallable(entry)) {
				Instance instance = instance(service, entry);
				callable.add(instance);
				if (isPassing(entry.path("Checks"))) {
					healthy.add(instance);
				}
			}
		}
		return new HealthEntries(healthy, callable, known, withdrawn);
	}

	private static boolean isInMaintenance(JsonNode checks) {
		for (JsonNode check : checks) {
			if (RegisteredInstance.isMaintenance(check.path("CheckID").asString(""))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isPassing(JsonNode checks) {
		for (JsonNode check : checks) {
			if (!"passing".equals(check.path("Status").asString(""))) {
				return false;
			}
		}
		return true;
	}

	/** What others registered without a port is no error of the whole list. */
	private static boolean isCallable(JsonNode entry) {
		int port = entry.path("Service").path("Port").asInt(0);
		return port > 0 && port <= 65535 && !address(entry).isEmpty();
	}

	private static String address(JsonNode entry) {
		String address = entry.path("Service").path("Address").asString("");
		return address.isEmpty() ? entry.path("Node").path("Address").asString("") : address;
	}

	private static Instance instance(String service, JsonNode entry) {
		JsonNode registered = entry.path("Service");
		Map<String, String> metadata = new HashMap<>();
		registered.path("Meta")
			.properties()
			.forEach((meta) -> metadata.put(MetadataKeys.decode(meta.getKey()), meta.getValue().asString("")));
		return new Instance(registered.path("ID").asString(""), service, address(entry),
				registered.path("Port").asInt(0), Boolean.parseBoolean(metadata.get("secure")), metadata);
	}

}
