// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.discovery.registration.ServiceDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the agent knows of an instance.
 *
 * @param content what was registered
 * @param checkIds the ids of its own checks, without that of its maintenance
 * @param maintenance why it is in maintenance; {@code null} when it is not
 * @param nodeMaintenance why its node is in maintenance; {@code null} when it is not
 * @param failing the checks that do not pass, with what they said; empty when all do
 */
record RegisteredInstance(Content content, List<String> checkIds, @Nullable String maintenance,
		@Nullable String nodeMaintenance, String failing) {

	static final String SERVICE_MAINTENANCE = "_service_maintenance:";

	static final String NODE_MAINTENANCE = "_node_maintenance";

	private static final int LONGEST_OUTPUT = 200;

	/**
	 * Copies the ids.
	 */
	RegisteredInstance {
		checkIds = List.copyOf(checkIds);
	}

	/**
	 * Whether nobody has changed it since, nor removed its check.
	 * @param before what it was right after its registration
	 * @param wanted what was registered
	 * @return whether it is still the same
	 */
	boolean isStill(RegisteredInstance before, ServiceDefinition wanted) {
		return this.content.equals(before.content) && this.checkIds.contains(ConsulChecks.id(wanted));
	}

	/** {@code null} where the agent does not know it. */
	static @Nullable RegisteredInstance of(JsonNode answer) {
		JsonNode service = answer.path("Service");
		if (!service.isObject()) {
			return null;
		}
		String id = service.path("ID").asString("");
		List<String> own = new ArrayList<>();
		List<String> failing = new ArrayList<>();
		Map<String, String> maintenance = new HashMap<>();
		for (JsonNode check : answer.path("Checks")) {
			String checkId = check.path("CheckID").asString("");
			if (isMaintenance(checkId)) {
				maintenance.put(checkId, check.path("Notes").asString(""));
				continue;
			}
			if (check.path("ServiceID").asString("").equals(id)) {
				own.add(checkId);
			}
			addIfFailing(failing, checkId, check);
		}
		return new RegisteredInstance(Content.of(service), own, maintenance.get(SERVICE_MAINTENANCE + id),
				maintenance.get(NODE_MAINTENANCE), String.join("; ", failing));
	}

	static boolean isMaintenance(String checkId) {
		return checkId.startsWith(SERVICE_MAINTENANCE) || checkId.equals(NODE_MAINTENANCE);
	}

	private static void addIfFailing(List<String> failing, String checkId, JsonNode check) {
		String status = check.path("Status").asString("");
		if (!"passing".equals(status)) {
			String output = check.path("Output").asString("").strip().replaceAll("\\s+", " ");
			String text = (output.length() > LONGEST_OUTPUT) ? output.substring(0, LONGEST_OUTPUT) + "..." : output;
			failing.add("check " + checkId + " is " + status + (text.isEmpty() ? "" : ": " + text));
		}
	}

	/**
	 * What an agent gives back as it was registered.
	 *
	 * @param service the service's name
	 * @param address the address
	 * @param port the port
	 * @param tags the tags
	 * @param metadata the metadata, with Consul's keys
	 */
	record Content(String service, String address, int port, List<String> tags, Map<String, String> metadata) {

		static Content of(JsonNode service) {
			List<String> tags = new ArrayList<>();
			service.path("Tags").forEach((tag) -> tags.add(tag.asString("")));
			Map<String, String> metadata = new HashMap<>();
			service.path("Meta")
				.properties()
				.forEach((meta) -> metadata.put(meta.getKey(), meta.getValue().asString("")));
			return new Content(service.path("Service").asString(""), service.path("Address").asString(""),
					service.path("Port").asInt(0), tags, metadata);
		}

	}

}
