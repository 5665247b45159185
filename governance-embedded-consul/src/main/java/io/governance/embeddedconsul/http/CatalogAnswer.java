// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import io.governance.embeddedconsul.catalog.Catalog;
import io.governance.embeddedconsul.catalog.CatalogState;
import io.governance.embeddedconsul.store.Watched;
import org.jspecify.annotations.Nullable;

/**
 * A read of the catalog that may block.
 */
final class CatalogAnswer {

	private CatalogAnswer() {
	}

	static CompletableFuture<Reply> of(Catalog catalog, ApiRequest request, Watched<CatalogState> watched,
			BiFunction<QueryOptions, CatalogState, @Nullable Object> content) {
		QueryOptions options = QueryOptions.of(request);
		return LaterReply.of(catalog.store().await(options.blocking(), watched),
				(state) -> Reply.json(content.apply(options, state))
					.header("X-Consul-Effective-Consistency", options.consistency())
					.index(watched.index(state)));
	}

}
