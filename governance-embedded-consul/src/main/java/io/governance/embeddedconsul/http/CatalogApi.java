// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import io.governance.embeddedconsul.catalog.Catalog;
import io.governance.embeddedconsul.catalog.CatalogState;
import io.governance.embeddedconsul.catalog.Node;
import io.governance.embeddedconsul.store.RefusedException;
import io.governance.embeddedconsul.store.Watched;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/catalog} and {@code /v1/status}: what is registered, healthy or not.
 */
final class CatalogApi {

	private static final Watched<CatalogState> CONSTANT = Watched.by((state) -> Node.INDEX);

	private final Catalog catalog;

	private final Node node;

	CatalogApi(Catalog catalog) {
		this.catalog = catalog;
		this.node = catalog.node();
	}

	void addTo(Routes routes) {
		String leader = this.node.address() + ":" + this.node.serverPort();
		routes.get("/v1/status/leader", (request, rest) -> Reply.json(leader))
			.get("/v1/status/peers", (request, rest) -> Reply.json(List.of(leader)))
			.get("/v1/catalog/datacenters", (request, rest) -> Reply.json(List.of(Node.DATACENTER)))
			.later("GET", "/v1/catalog/nodes", this::nodes)
			.later("GET", "/v1/catalog/node/", this::node)
			.later("GET", "/v1/catalog/services", this::services)
			.later("GET", "/v1/catalog/service/", this::service);
	}

	private CompletableFuture<Reply> nodes(ApiRequest request, String rest) {
		return CatalogAnswer.of(this.catalog, request, CONSTANT,
				(options, state) -> options.nodeMatches() ? List.of(ConsulJson.node(this.node)) : List.of());
	}

	private CompletableFuture<Reply> node(ApiRequest request, String name) {
		if (name.isEmpty()) {
			throw new RefusedException(400, "Missing node name");
		}
		return CatalogAnswer.of(this.catalog, request, CatalogState.NODE,
				(options, state) -> name.equals(this.node.name()) ? node(state) : null);
	}

	private @Nullable Object node(CatalogState state) {
		Map<String, Object> services = new LinkedHashMap<>();
		state.services().forEach((id, service) -> services.put(id, ConsulJson.healthService(service)));
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("Node", ConsulJson.node(this.node));
		json.put("Services", services);
		return json;
	}

	private CompletableFuture<Reply> services(ApiRequest request, String rest) {
		return CatalogAnswer.of(this.catalog, request, CatalogState.SERVICES,
				(options, state) -> options.nodeMatches() ? tagsByName(state) : Map.of());
	}

	private CompletableFuture<Reply> service(ApiRequest request, String name) {
		if (name.isEmpty()) {
			throw new RefusedException(400, "Missing service name");
		}
		List<String> tags = request.all("tag").stream().filter((tag) -> !tag.isEmpty()).toList();
		return CatalogAnswer.of(this.catalog, request, CatalogState.service(name),
				(options, state) -> state.instances(name)
					.filter((service) -> options.nodeMatches() && HealthApi.hasTags(service, tags))
					.map((service) -> ConsulJson.catalogService(this.node, service))
					.toList());
	}

	private static Map<String, TreeSet<String>> tagsByName(CatalogState state) {
		Map<String, TreeSet<String>> tags = new TreeMap<>();
		state.services()
			.values()
			.forEach((service) -> tags.computeIfAbsent(service.definition().name(), (name) -> new TreeSet<>())
				.addAll(service.definition().tags()));
		return tags;
	}

}
