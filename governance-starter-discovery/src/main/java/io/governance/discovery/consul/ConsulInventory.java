// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.governance.discovery.Instance;

/**
 * All that is registered in Consul, healthy or not, in this environment: for those who
 * look after instances, not for those who call them. One request after the other, so that
 * a large registry is not asked for everything at once. Thread-safe.
 */
public final class ConsulInventory {

	private final BlockingQueries queries;

	ConsulInventory(BlockingQueries queries) {
		this.queries = queries;
	}

	/**
	 * Asks for all instances of all services. Instances without an address or a port are
	 * left out.
	 * @return the instances; fails with {@link ConsulException} when one answer is
	 * missing
	 */
	public CompletableFuture<List<Instance>> instances() {
		return this.queries.ask("/v1/catalog/services")
			.thenCompose((answer) -> collect(ConsulCatalog.names(answer.value(), this.queries.settings()).iterator(),
					new ArrayList<>()));
	}

	private CompletableFuture<List<Instance>> collect(Iterator<String> services, List<Instance> found) {
		if (!services.hasNext()) {
			return CompletableFuture.completedFuture(found);
		}
		String service = services.next();
		return this.queries.ask(this.queries.settings().health(service)).thenCompose((answer) -> {
			found.addAll(HealthEntries.of(service, answer.value()).callable());
			return collect(services, found);
		});
	}

}
