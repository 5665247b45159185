// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.governance.embeddedconsul.catalog.Node;

/**
 * {@code /v1/agent/self} and {@code /v1/agent/members}: what clients and the {@code
 * consul} command want to know of the agent before they trust it.
 */
final class AgentSelf {

	private final Node node;

	AgentSelf(Node node) {
		this.node = node;
	}

	void addTo(Routes routes) {
		routes.get("/v1/agent/self", (request, rest) -> Reply.json(self()))
			.get("/v1/agent/members", (request, rest) -> Reply.json(List.of(member())));
	}

	private Map<String, Object> self() {
		Map<String, Object> config = new LinkedHashMap<>();
		config.put("Datacenter", Node.DATACENTER);
		config.put("NodeName", this.node.name());
		config.put("NodeID", this.node.id());
		config.put("Revision", "embedded");
		config.put("Server", true);
		config.put("Version", Node.VERSION);
		Map<String, Object> self = new LinkedHashMap<>();
		self.put("Config", config);
		self.put("DebugConfig",
				Map.of("Datacenter", Node.DATACENTER, "NodeName", this.node.name(), "ACLsEnabled", false));
		self.put("Coord",
				Map.of("Vec", List.of(0, 0, 0, 0, 0, 0, 0, 0), "Error", 1.5, "Adjustment", 0, "Height", 0.00001));
		self.put("Member", member());
		self.put("Stats", Map.of("build", Map.of("version", Node.VERSION, "revision", "embedded"), "consul",
				Map.of("acl", "disabled", "leader", "true", "server", "true", "known_datacenters", "1")));
		self.put("Meta", Map.of("consul-network-segment", ""));
		return self;
	}

	private Map<String, Object> member() {
		Map<String, Object> tags = new LinkedHashMap<>();
		tags.put("acls", "0");
		tags.put("build", Node.VERSION + ":embedded");
		tags.put("dc", Node.DATACENTER);
		tags.put("id", this.node.id());
		tags.put("port", Integer.toString(this.node.serverPort()));
		tags.put("role", "consul");
		tags.put("segment", "");
		tags.put("vsn", "2");
		Map<String, Object> member = new LinkedHashMap<>();
		member.put("Name", this.node.name());
		member.put("Addr", this.node.address());
		member.put("Port", this.node.serfPort());
		member.put("Tags", tags);
		member.put("Status", 1);
		member.put("ProtocolMin", 1);
		member.put("ProtocolMax", 5);
		member.put("ProtocolCur", 2);
		member.put("DelegateMin", 2);
		member.put("DelegateMax", 5);
		member.put("DelegateCur", 4);
		return member;
	}

}
