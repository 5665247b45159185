// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.embeddedconsul.catalog.Catalog;
import io.governance.embeddedconsul.catalog.CatalogState;
import io.governance.embeddedconsul.catalog.CheckStatus;
import io.governance.embeddedconsul.catalog.RegisteredCheck;
import io.governance.embeddedconsul.catalog.RegisteredService;
import io.governance.embeddedconsul.store.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/agent}: registration and reports.
 */
final class AgentApi {

	private static final int LONGEST_OUTPUT = 4096;

	private static final Set<String> UPDATE_FIELDS = Set.of("status", "output");

	private static final Set<String> CHECK_FIELDS = withCheckFields("id", "serviceid", "token", "namespace");

	private final Catalog catalog;

	AgentApi(Catalog catalog) {
		this.catalog = catalog;
	}

	void addTo(Routes routes) {
		routes.get("/v1/agent/services", (request, rest) -> services())
			.get("/v1/agent/service/", (request, id) -> service(id))
			.put("/v1/agent/service/register", (request, rest) -> register(request))
			.put("/v1/agent/service/deregister/", (request, id) -> deregister(id))
			.put("/v1/agent/service/maintenance/", this::maintenance)
			.put("/v1/agent/maintenance", (request, rest) -> maintenance(request, null))
			.get("/v1/agent/health/service/id/", (request, id) -> health(id))
			.get("/v1/agent/checks", (request, rest) -> checks())
			.put("/v1/agent/check/register", (request, rest) -> registerCheck(request))
			.put("/v1/agent/check/deregister/", (request, id) -> deregisterCheck(id))
			.put("/v1/agent/check/pass/", (request, id) -> report(request, id, CheckStatus.PASSING))
			.put("/v1/agent/check/warn/", (request, id) -> report(request, id, CheckStatus.WARNING))
			.put("/v1/agent/check/fail/", (request, id) -> report(request, id, CheckStatus.CRITICAL))
			.put("/v1/agent/check/update/", this::update);
	}

	private Reply services() {
		Map<String, Object> json = new LinkedHashMap<>();
		this.catalog.store().state().services().forEach((id, service) -> {
			if (!id.equals(Catalog.SELF)) {
				json.put(id, ConsulJson.agentService(service.definition()));
			}
		});
		return Reply.json(json);
	}

	private Reply service(String id) {
		RegisteredService service = this.catalog.store().state().services().get(id);
		if (service == null || id.equals(Catalog.SELF)) {
			throw new RefusedException(404, "unknown service ID: " + id);
		}
		Map<String, Object> json = ConsulJson.agentService(service.definition());
		String hash = String.format("%016x", Integer.toUnsignedLong(service.definition().hashCode()));
		json.put("ContentHash", hash);
		return Reply.json(json).header("X-Consul-ContentHash", hash);
	}

	/** The status says how healthy the instance is. */
	private Reply health(String id) {
		if (id.isEmpty()) {
			throw new RefusedException(400, "Missing serviceID");
		}
		CatalogState state = this.catalog.store().state();
		RegisteredService service = state.services().get(id);
		Map<String, Object> json = new LinkedHashMap<>();
		if (service == null || id.equals(Catalog.SELF)) {
			json.put("AggregatedStatus", CheckStatus.CRITICAL.text());
			json.put("Service", null);
			json.put("Checks", null);
			return Reply.json(json).status(404);
		}
		List<RegisteredCheck> checks = state.checksDeciding(service.definition().id())
			.filter((check) -> !check.definition().id().equals(Catalog.NODE_CHECK))
			.toList();
		json.put("AggregatedStatus", Catalog.aggregate(checks));
		json.put("Service", ConsulJson.agentService(service.definition()));
		json.put("Checks",
				checks.stream().map((check) -> ConsulJson.agentCheck(this.catalog.node(), state, check)).toList());
		return Reply.json(json).status(status(Catalog.aggregate(checks)));
	}

	private static int status(String aggregated) {
		return switch (aggregated) {
			case "passing" -> 200;
			case "warning" -> 429;
			default -> 503;
		};
	}

	private Reply register(ApiRequest request) {
		ServiceReader read = ServiceReader.read(request.body());
		String replace = request.first("replace-existing-checks");
		this.catalog.register(read.service(), read.checks(),
				replace != null && (replace.isEmpty() || replace.equals("true")));
		return Reply.ok();
	}

	private Reply deregister(String id) {
		if (id.isEmpty()) {
			throw new RefusedException(500, "ServiceID missing");
		}
		this.catalog.deregister(id);
		return Reply.ok();
	}

	private Reply maintenance(ApiRequest request, @Nullable String serviceId) {
		if (serviceId != null && serviceId.isEmpty()) {
			throw new RefusedException(400, "Missing service ID");
		}
		String enable = request.text("enable");
		switch (enable) {
			case "" -> throw new RefusedException(400, "Missing value for enable");
			case "true", "1" -> this.catalog.maintenance(serviceId, true, request.text("reason"));
			case "false", "0" -> this.catalog.maintenance(serviceId, false, "");
			default -> throw new RefusedException(400, "Invalid value for enable: \"" + enable + "\"");
		}
		return Reply.ok();
	}

	private Reply checks() {
		CatalogState state = this.catalog.store().state();
		Map<String, Object> json = new LinkedHashMap<>();
		state.checks().forEach((id, check) -> {
			if (!id.equals(Catalog.NODE_CHECK)) {
				json.put(id, ConsulJson.agentCheck(this.catalog.node(), state, check));
			}
		});
		return Reply.json(json);
	}

	private Reply registerCheck(ApiRequest request) {
		Fields fields = Fields.read(request.body(), CHECK_FIELDS);
		String name = fields.text("name");
		if (name.isEmpty()) {
			throw new RefusedException(400, "Missing check name");
		}
		String status = fields.text("status");
		if (!status.isEmpty() && CheckStatus.of(status).isEmpty()) {
			throw new RefusedException(400, "Bad check status");
		}
		String id = fields.text(fields.has("id") ? "id" : "checkid");
		this.catalog.register(CheckReader.read(fields, id.isEmpty() ? name : id, name, fields.text("serviceid")));
		return Reply.ok();
	}

	private Reply deregisterCheck(String id) {
		if (id.isEmpty()) {
			throw new RefusedException(500, "CheckID missing");
		}
		this.catalog.deregisterCheck(id);
		return Reply.ok();
	}

	private Reply report(ApiRequest request, String id, CheckStatus status) {
		this.catalog.heartbeat(id, status, request.text("note"));
		return Reply.ok();
	}

	private Reply update(ApiRequest request, String id) {
		Fields fields = Fields.read(request.body(), UPDATE_FIELDS);
		String status = fields.text("status");
		CheckStatus read = CheckStatus.of(status)
			.orElseThrow(() -> new RefusedException(400, "Invalid check status: '" + status + "'"));
		String output = fields.text("output");
		this.catalog.heartbeat(id, read,
				(output.length() > LONGEST_OUTPUT) ? output.substring(0, LONGEST_OUTPUT) : output);
		return Reply.ok();
	}

	private static Set<String> withCheckFields(String... more) {
		Set<String> all = new HashSet<>(CheckReader.FIELDS);
		all.addAll(Set.of(more));
		return Set.copyOf(all);
	}

}
