// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The names of all services in Consul, followed from the first question on. The last
 * names stay when the agent is away, and for a while when it came back without them.
 * Thread-safe; the lock guards what only the watch and its timer use.
 */
public final class ConsulCatalog {

	private final BlockingQueries queries;

	private final Duration recoveryTime;

	private final ConsulWatch watch;

	private final AtomicBoolean started = new AtomicBoolean();

	private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();

	private volatile List<String> services = List.of();

	private volatile Consumer<List<String>> listener = (names) -> {
	};

	private final Object lock = new Object();

	private Set<String> listed = Set.of();

	private Set<String> awaited = Set.of();

	private boolean away;

	private int recoveries;

	ConsulCatalog(BlockingQueries queries, Duration recoveryTime) {
		this.queries = queries;
		this.recoveryTime = recoveryTime;
		this.watch = new ConsulWatch("/v1/catalog/services", queries, new CatalogObserver());
	}

	/**
	 * Sets who is told of each change. It is told on the thread that all watches need,
	 * and must not wait for anything.
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

	private void listed(Set<String> names, boolean reset) {
		@Nullable List<String> changed;
		synchronized (this.lock) {
			if (this.away || reset) {
				recover();
			}
			this.away = false;
			this.listed = names;
			this.awaited = without(this.awaited, names);
			changed = publish();
		}
		this.firstAnswer.complete(null);
		tell(changed);
	}

	private void recover() {
		this.awaited = Set.copyOf(this.services);
		int recovery = ++this.recoveries;
		this.queries.scheduler().schedule(() -> recovered(recovery), this.recoveryTime.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void recovered(int recovery) {
		@Nullable List<String> changed = null;
		synchronized (this.lock) {
			if (recovery == this.recoveries) {
				this.awaited = Set.of();
				changed = publish();
			}
		}
		tell(changed);
	}

	/** The new names; {@code null} when they are the old ones. */
	private @Nullable List<String> publish() {
		List<String> names = Stream.concat(this.listed.stream(), this.awaited.stream()).distinct().sorted().toList();
		if (names.equals(this.services)) {
			return null;
		}
		this.services = names;
		return names;
	}

	private void tell(@Nullable List<String> changed) {
		if (changed != null) {
			this.listener.accept(changed);
		}
	}

	private void failed() {
		synchronized (this.lock) {
			this.away = true;
		}
		this.firstAnswer.complete(null);
	}

	/** The names in an answer of {@code /v1/catalog/services} that are seen. */
	static Set<String> names(JsonNode services, WatchSettings settings) {
		Set<String> names = new HashSet<>();
		services.properties().forEach((service) -> {
			List<String> tags = new ArrayList<>();
			service.getValue().forEach((tag) -> tags.add(tag.asString("")));
			if (settings.sees(tags)) {
				names.add(service.getKey());
			}
		});
		return names;
	}

	private static Set<String> without(Set<String> names, Set<String> present) {
		return names.stream().filter((name) -> !present.contains(name)).collect(Collectors.toUnmodifiableSet());
	}

	private final class CatalogObserver implements ConsulWatch.Observer {

		private final WatchRefusals refusals = new WatchRefusals("catalog=services");

		@Override
		public void answered(JsonNode value, boolean reset) {
			this.refusals.answered();
			listed(names(value, ConsulCatalog.this.queries.settings()), reset);
		}

		@Override
		public void failed(ConsulException error) {
			this.refusals.failed(error);
			ConsulCatalog.this.failed();
		}

	}

}
