// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * What the scenarios have in common.
 */
interface Scenario {

	/**
	 * A client of the agent under test.
	 * @return the client
	 */
	ConsulHttp consul();

	/** Registers an instance with a TTL check and waits until the catalog has it. */
	default void register(String id, String name, String ttl) {
		ConsulHttp.Answer answer = consul().put("/v1/agent/service/register", """
				{"ID": "%s", "Name": "%s", "Address": "127.0.0.1", "Port": 8080, "Check": {"TTL": "%s"}}
				""".formatted(id, name, ttl));
		if (answer.status() != 200) {
			throw new AssertionError(answer.status() + " " + answer.text());
		}
		consul().await("/v1/health/service/" + name, (instances) -> ids(instances).contains(id));
	}

	/** Reports an instance as passing and waits until the catalog knows. */
	default void pass(String id, String name) {
		consul().put("/v1/agent/check/pass/service:" + id);
		consul().await("/v1/health/service/" + name + "?passing", (instances) -> ids(instances).contains(id));
	}

	/** Waits for a check's status in the catalog and gives the check. */
	default JsonNode awaitCheck(String service, String checkId, String status) {
		JsonNode checks = consul().await("/v1/health/checks/" + service, (all) -> status.equals(statusOf(all, checkId)))
			.json();
		return find(checks, "CheckID", checkId);
	}

	static String statusOf(JsonNode checks, String checkId) {
		return find(checks, "CheckID", checkId).path("Status").asString("");
	}

	static JsonNode find(JsonNode list, String field, String value) {
		for (JsonNode each : list) {
			if (each.path(field).asString("").equals(value)) {
				return each;
			}
		}
		return list.path("none");
	}

	/** The ids in an answer of {@code /v1/health/service}. */
	static List<String> ids(JsonNode instances) {
		List<String> ids = new ArrayList<>();
		instances.forEach((instance) -> ids.add(instance.path("Service").path("ID").asString("")));
		return ids;
	}

	static List<String> texts(JsonNode array) {
		List<String> texts = new ArrayList<>();
		array.forEach((each) -> texts.add(each.asString("")));
		return texts;
	}

	static String encoded(String segment) {
		return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
