// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

import io.governance.embeddedconsul.catalog.Catalog;
import io.governance.embeddedconsul.catalog.CatalogState;
import io.governance.embeddedconsul.catalog.CheckStatus;
import io.governance.embeddedconsul.catalog.RegisteredCheck;
import io.governance.embeddedconsul.catalog.RegisteredService;
import io.governance.embeddedconsul.store.RefusedException;
import io.governance.embeddedconsul.store.Watched;

/**
 * {@code /v1/health}: instances with their checks.
 */
final class HealthApi {

	private final Catalog catalog;

	HealthApi(Catalog catalog) {
		this.catalog = catalog;
	}

	void addTo(Routes routes) {
		routes.later("GET", "/v1/health/service/", this::service)
			.later("GET", "/v1/health/checks/", this::checks)
			.later("GET", "/v1/health/state/", this::state)
			.later("GET", "/v1/health/node/", this::node);
	}

	private CompletableFuture<Reply> service(ApiRequest request, String name) {
		if (name.isEmpty()) {
			throw new RefusedException(400, "Missing service name");
		}
		boolean passingOnly = request.has("passing") && passing(request.text("passing"));
		List<String> tags = request.all("tag").stream().filter((tag) -> !tag.isEmpty()).toList();
		return answer(request, CatalogState.service(name),
				(state) -> state.instances(name)
					.filter((service) -> hasTags(service, tags))
					.filter((service) -> !passingOnly || state.checksDeciding(service.definition().id())
						.allMatch((check) -> check.status() == CheckStatus.PASSING))
					.map((service) -> ConsulJson.healthEntry(this.catalog.node(), state, service))
					.toList());
	}

	private CompletableFuture<Reply> checks(ApiRequest request, String name) {
		if (name.isEmpty()) {
			throw new RefusedException(400, "Missing service name");
		}
		return answer(request, CatalogState.service(name), (state) -> checks(state, (check) -> {
			var service = state.serviceOf(check);
			return service != null && service.name().equals(name);
		}));
	}

	private CompletableFuture<Reply> state(ApiRequest request, String status) {
		if (status.isEmpty()) {
			throw new RefusedException(400, "Missing check state");
		}
		return answer(request, CatalogState.CHECKS,
				(state) -> checks(state, (check) -> status.equals("any") || check.status().text().equals(status)));
	}

	private CompletableFuture<Reply> node(ApiRequest request, String name) {
		if (name.isEmpty()) {
			throw new RefusedException(400, "Missing node name");
		}
		return answer(request, CatalogState.CHECKS,
				(state) -> checks(state, (check) -> name.equals(this.catalog.node().name())));
	}

	private List<?> checks(CatalogState state, Predicate<RegisteredCheck> wanted) {
		return state.checks()
			.values()
			.stream()
			.filter(wanted)
			.map((check) -> ConsulJson.check(this.catalog.node(), state, check))
			.toList();
	}

	private CompletableFuture<Reply> answer(ApiRequest request, Watched<CatalogState> watched,
			Function<CatalogState, List<?>> content) {
		return CatalogAnswer.of(this.catalog, request, watched,
				(options, state) -> options.nodeMatches() ? content.apply(state) : List.of());
	}

	static boolean hasTags(RegisteredService service, List<String> tags) {
		return tags.stream()
			.allMatch((wanted) -> service.definition()
				.tags()
				.stream()
				.anyMatch((tag) -> tag.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT))));
	}

	private static boolean passing(String text) {
		return switch (text) {
			case "", "1", "t", "T", "true", "True", "TRUE" -> true;
			case "0", "f", "F", "false", "False", "FALSE" -> false;
			default -> throw new RefusedException(400, "Invalid value for ?passing");
		};
	}

}
