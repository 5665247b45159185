// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;

/**
 * The names of all services in Consul, followed from the first question on. The last
 * names stay when the agent is away. Thread-safe.
 */
public final class ConsulCatalog {

	private final ConsulWatch watch;

	private final AtomicBoolean started = new AtomicBoolean();

	private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();

	private volatile List<String> services = List.of();

	private volatile Consumer<List<String>> listener = (names) -> {
	};

	ConsulCatalog(BlockingQueries queries) {
		this.watch = new ConsulWatch("/v1/catalog/services", queries, new CatalogObserver());
	}

	/**
	 * Sets who is told of each change.
	 * @param changed given the new names
	 */
	public void onChange(Consumer<List<String>> changed) {
		this.listener = changed;
	}

	/**
	 * The names at this moment.
	 * @return the names, sorted; empty until the agent has answered for the first time
	 */
	public List<String> services() {
		start();
		return this.services;
	}

	/**
	 * The names, after the agent's first answer or failure.
	 * @param atMost how long to wait for that
	 * @return the names, sorted
	 */
	public CompletableFuture<List<String>> firstServices(Duration atMost) {
		start();
		return this.firstAnswer.copy()
			.completeOnTimeout(null, atMost.toNanos(), TimeUnit.NANOSECONDS)
			.thenApply((none) -> this.services);
	}

	private void start() {
		if (!this.started.get() && this.started.compareAndSet(false, true)) {
			this.watch.start();
		}
	}

	private final class CatalogObserver implements ConsulWatch.Observer {

		@Override
		public void answered(JsonNode value, boolean reset) {
			List<String> names = new ArrayList<>(value.propertyNames());
			Collections.sort(names);
			boolean changed = !names.equals(ConsulCatalog.this.services);
			ConsulCatalog.this.services = List.copyOf(names);
			ConsulCatalog.this.firstAnswer.complete(null);
			if (changed) {
				ConsulCatalog.this.listener.accept(ConsulCatalog.this.services);
			}
		}

		@Override
		public void failed(ConsulException error) {
			ConsulCatalog.this.firstAnswer.complete(null);
		}

	}

}
