// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.governance.discovery.consul.ScriptedAgent.Asked;
import io.governance.discovery.consul.ScriptedAgent.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers as an agent with one instance does, and forgets it when a test says so.
 */
public final class RememberingAgent implements ScriptedAgent.Script {

	private final JsonMapper json = JsonMapper.builder().build();

	private final Map<String, ObjectNode> checks = new TreeMap<>();

	private ObjectNode service;

	@Override
	public synchronized Reply answer(Asked asked) {
		String path = URI.create(asked.uri()).getPath();
		String last = path.substring(path.lastIndexOf('/') + 1);
		if (path.startsWith("/v1/agent/service/register")) {
			register(this.json.readTree(asked.body()));
		}
		else if (path.startsWith("/v1/agent/service/deregister/")) {
			forget();
		}
		else if (path.startsWith("/v1/agent/service/maintenance/")) {
			maintenance(last, asked.uri().contains("enable=true") ? reason(asked.uri()) : null);
		}
		else if (path.startsWith("/v1/agent/check/deregister/")) {
			this.checks.remove(last);
		}
		else if (path.startsWith("/v1/agent/check/pass/")) {
			ObjectNode check = this.checks.get(last);
			if (check == null) {
				return new Reply(500, 1, "Unknown check \"" + last + "\"");
			}
			check.put("Status", "passing");
		}
		else if (path.startsWith("/v1/agent/health/service/id/")) {
			return health();
		}
		return Reply.ok();
	}

	/** The agent was started again, empty. */
	public synchronized void forget() {
		this.service = null;
		this.checks.clear();
	}

	/** Somebody else writes. */
	public synchronized void change(String field, String value) {
		this.service.put(field, value);
	}

	public synchronized void check(String id, String status, String output) {
		this.checks.put(id, check(id, status).put("Output", output));
	}

	/** Somebody takes the instance out, or with {@code null} back in. */
	public synchronized void maintenance(String id, String reason) {
		String checkId = "_service_maintenance:" + id;
		if (reason == null) {
			this.checks.remove(checkId);
		}
		else {
			this.checks.put(checkId, check(checkId, "critical").put("Notes", reason));
		}
	}

	public synchronized List<String> checks() {
		return new ArrayList<>(this.checks.keySet());
	}

	private void register(JsonNode body) {
		this.service = this.json.createObjectNode();
		this.service.set("ID", body.path("ID"));
		this.service.set("Service", body.path("Name"));
		for (String field : List.of("Address", "Port", "Tags", "Meta")) {
			this.service.set(field, body.path(field));
		}
		String checkId = body.path("Check").path("CheckID").asString();
		this.checks.put(checkId, check(checkId, body.path("Check").path("Status").asString()));
	}

	private static String reason(String uri) {
		return URLDecoder.decode(uri.replaceFirst(".*reason=", ""), StandardCharsets.UTF_8);
	}

	private ObjectNode check(String id, String status) {
		return this.json.createObjectNode()
			.put("CheckID", id)
			.put("Status", status)
			.put("ServiceID", (this.service != null) ? this.service.path("ID").asString() : "");
	}

	private Reply health() {
		ObjectNode answer = this.json.createObjectNode();
		answer.set("Service", this.service);
		answer.putArray("Checks").addAll(this.checks.values());
		boolean passing = this.checks.values()
			.stream()
			.allMatch((check) -> check.path("Status").asString().equals("passing"));
		return new Reply((this.service == null) ? 404 : passing ? 200 : 503, 0, answer.toString());
	}

}
