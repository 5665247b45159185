// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.governance.embeddedconsul.catalog.CatalogState;
import io.governance.embeddedconsul.catalog.Node;
import io.governance.embeddedconsul.catalog.RegisteredCheck;
import io.governance.embeddedconsul.catalog.RegisteredService;
import io.governance.embeddedconsul.catalog.ServiceDefinition;
import io.governance.embeddedconsul.catalog.ServiceDefinition.TaggedAddress;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of Consul 1.8's answers.
 */
final class ConsulJson {

	private ConsulJson() {
	}

	static Map<String, Object> node(Node node) {
		Map<String, Object> json = address(node);
		json.put("Meta", nodeMeta());
		return indexed(json, Node.INDEX, Node.INDEX);
	}

	static Map<String, Object> agentService(ServiceDefinition service) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("ID", service.id());
		json.put("Service", service.name());
		json.put("Tags", service.tags());
		json.put("Meta", service.meta());
		json.put("Port", service.port());
		json.put("Address", service.address());
		putTaggedAddresses(json, "TaggedAddresses", service);
		json.put("Weights", weights(service));
		json.put("EnableTagOverride", service.enableTagOverride());
		return json;
	}

	static Map<String, Object> healthService(RegisteredService registered) {
		ServiceDefinition service = registered.definition();
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("ID", service.id());
		json.put("Service", service.name());
		json.put("Tags", service.tags());
		json.put("Address", service.address());
		putTaggedAddresses(json, "TaggedAddresses", service);
		// The catalog keeps "no metadata" apart, the agent does not.
		json.put("Meta", service.meta().isEmpty() ? null : service.meta());
		json.put("Port", service.port());
		json.put("Weights", weights(service));
		json.put("EnableTagOverride", service.enableTagOverride());
		json.put("Proxy", noProxy());
		json.put("Connect", Map.of());
		return indexed(json, registered.createIndex(), registered.modifyIndex());
	}

	static Map<String, Object> catalogService(Node node, RegisteredService registered) {
		ServiceDefinition service = registered.definition();
		Map<String, Object> json = address(node);
		json.put("NodeMeta", nodeMeta());
		json.put("ServiceKind", "");
		json.put("ServiceID", service.id());
		json.put("ServiceName", service.name());
		json.put("ServiceTags", service.tags());
		json.put("ServiceAddress", service.address());
		putTaggedAddresses(json, "ServiceTaggedAddresses", service);
		json.put("ServiceWeights", weights(service));
		json.put("ServiceMeta", service.meta());
		json.put("ServicePort", service.port());
		json.put("ServiceEnableTagOverride", service.enableTagOverride());
		json.put("ServiceProxy", noProxy());
		json.put("ServiceConnect", Map.of());
		return indexed(json, registered.createIndex(), registered.modifyIndex());
	}

	static Map<String, Object> check(Node node, CatalogState state, RegisteredCheck check) {
		Map<String, Object> json = check(node, state.serviceOf(check), check, check.publishedOutput());
		return indexed(json, check.createIndex(), check.modifyIndex());
	}

	static Map<String, Object> agentCheck(Node node, CatalogState state, RegisteredCheck check) {
		return indexed(check(node, state.serviceOf(check), check, check.output()), 0, 0);
	}

	static Map<String, Object> healthEntry(Node node, CatalogState state, RegisteredService service) {
		List<Map<String, Object>> checks = state.checksDeciding(service.definition().id())
			.map((check) -> check(node, state, check))
			.toList();
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("Node", node(node));
		json.put("Service", healthService(service));
		json.put("Checks", checks);
		return json;
	}

	private static Map<String, Object> check(Node node, @Nullable ServiceDefinition service, RegisteredCheck check,
			String output) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("Node", node.name());
		json.put("CheckID", check.definition().id());
		json.put("Name", check.definition().name());
		json.put("Status", check.status().text());
		json.put("Notes", check.definition().notes());
		json.put("Output", output);
		json.put("ServiceID", check.definition().serviceId());
		json.put("ServiceName", (service != null) ? service.name() : "");
		json.put("ServiceTags", (service != null) ? service.tags() : List.of());
		json.put("Type", check.definition().type());
		json.put("Definition", Map.of());
		return json;
	}

	private static Map<String, Object> address(Node node) {
		Map<String, Object> tagged = new LinkedHashMap<>();
		for (String tag : List.of("lan", "lan_ipv4", "wan", "wan_ipv4")) {
			tagged.put(tag, node.address());
		}
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("ID", node.id());
		json.put("Node", node.name());
		json.put("Address", node.address());
		json.put("Datacenter", Node.DATACENTER);
		json.put("TaggedAddresses", tagged);
		return json;
	}

	private static Map<String, Object> noProxy() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("MeshGateway", Map.of());
		json.put("Expose", Map.of());
		return json;
	}

	private static Map<String, String> nodeMeta() {
		return Map.of("consul-network-segment", "");
	}

	private static void putTaggedAddresses(Map<String, Object> json, String name, ServiceDefinition service) {
		if (!service.taggedAddresses().isEmpty()) {
			Map<String, Object> tagged = new LinkedHashMap<>();
			service.taggedAddresses().forEach((tag, address) -> tagged.put(tag, taggedAddress(address)));
			json.put(name, tagged);
		}
	}

	private static Map<String, Object> taggedAddress(TaggedAddress address) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("Address", address.address());
		json.put("Port", address.port());
		return json;
	}

	private static Map<String, Object> weights(ServiceDefinition service) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("Passing", service.weights().passing());
		json.put("Warning", service.weights().warning());
		return json;
	}

	private static Map<String, Object> indexed(Map<String, Object> json, long createIndex, long modifyIndex) {
		json.put("CreateIndex", createIndex);
		json.put("ModifyIndex", modifyIndex);
		return json;
	}

}
