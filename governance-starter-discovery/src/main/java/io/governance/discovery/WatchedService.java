// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.governance.discovery.ServiceView.State;
import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One followed service: turns what the registry says into views that never become empty
 * because the registry, and not the service, has trouble. Callers read one reference; the
 * lock is for the source's thread and the timer only, and guards every field but
 * {@code view}.
 */
final class WatchedService implements InstanceSource.Listener {

	private static final Log logger = LogFactory.getLog(WatchedService.class);

	/** How long no connection must have been refused for an instance to be back. */
	private static final long CALM_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final String service;

	private final ViewSettings settings;

	private final AttemptCounters counters;

	private final TimeSource time;

	private final ScheduledExecutorService scheduler;

	private final ServiceCluster cluster;

	private final Runnable changed;

	private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();

	private final Object lock = new Object();

	private volatile ServiceView view;

	/** Written only where it changes: calls share this field. */
	private volatile boolean used = true;

	/** Belongs to the timer. */
	private long unusedSinceNanos;

	private InstanceSource.@Nullable Following following;

	private final LastHealthy lastHealthy = new LastHealthy();

	private Listing last = Listing.of(List.of());

	private @Nullable Throwable error;

	private long confirmedNanos;

	private long confirmedMillis;

	private long stateSinceMillis;

	private Set<String> awaited = Set.of();

	private int recoveries;

	WatchedService(String service, Surroundings surroundings, ServiceCluster cluster, Runnable changed) {
		this.service = service;
		this.settings = surroundings.settings();
		this.counters = surroundings.counters();
		this.time = surroundings.time();
		this.scheduler = surroundings.scheduler();
		this.cluster = cluster;
		this.changed = changed;
		this.confirmedNanos = this.time.nanoTime();
		this.confirmedMillis = this.time.epochMillis();
		this.stateSinceMillis = this.confirmedMillis;
		this.view = new ServiceView(service, State.UNKNOWN, List.of());
	}

	void follow(InstanceSource source) {
		this.following = source.follow(this.service, this);
	}

	void use() {
		if (!this.used) {
			this.used = true;
		}
	}

	/**
	 * Ends the following if nobody used this service for a while, and nothing would be
	 * lost.
	 * @return whether it was ended
	 */
	boolean closeIfUnused() {
		long now = this.time.nanoTime();
		if (this.used) {
			this.used = false;
			this.unusedSinceNanos = now;
			return false;
		}
		if (this.view.size() > 0 || now - this.unusedSinceNanos < this.settings.forgetAfter().toNanos()) {
			return false;
		}
		InstanceSource.Following present = this.following;
		if (present != null) {
			present.close();
		}
		this.cluster.close();
		logger.info("service=" + this.service + " state=FORGOTTEN reason=\"no instances, and not asked for\"");
		return true;
	}

	ServiceView view() {
		return this.view;
	}

	/**
	 * Done as soon as the registry has answered once, or failed once.
	 */
	CompletableFuture<Void> firstAnswer() {
		return this.firstAnswer;
	}

	/**
	 * Chooses among the instances.
	 */
	ServiceCluster cluster() {
		return this.cluster;
	}

	/**
	 * Says which instances have refused no connection for a while, though they are called
	 * again.
	 */
	void sayBack() {
		long now = this.time.nanoTime();
		this.view.endpoints().forEach((endpoint) -> endpoint.sayBack(now, CALM_NANOS));
	}

	ServiceStatus status() {
		synchronized (this.lock) {
			long now = this.time.nanoTime();
			Duration age = (this.error != null) ? Duration.ofNanos(now - this.confirmedNanos) : Duration.ZERO;
			return new ServiceStatus(this.service, this.view.state(), this.view.size(), this.cluster.status(), age,
					(this.error != null) ? this.confirmedMillis : this.stateSinceMillis,
					(this.error != null) ? String.valueOf(this.error.getMessage()) : null);
		}
	}

	@Override
	public void listed(Listing listing) {
		synchronized (this.lock) {
			boolean wasAway = this.error != null && this.view.state() != State.UNKNOWN;
			this.error = null;
			this.confirmedNanos = this.time.nanoTime();
			this.confirmedMillis = this.time.epochMillis();
			this.last = listing;
			if (wasAway || (listing.reset() && this.view.state() != State.UNKNOWN)) {
				recover();
			}
			apply();
		}
		this.firstAnswer.complete(null);
	}

	@Override
	public void failed(Throwable cause) {
		synchronized (this.lock) {
			this.error = cause;
			State state = this.view.state();
			boolean tooOld = this.time.nanoTime() - this.confirmedNanos >= this.settings.staleFor().toNanos();
			if (tooOld && this.view.size() > 0) {
				publish(State.STALE, List.of());
			}
			else if (state != State.UNKNOWN && state != State.STALE) {
				publish(State.STALE, this.view.instances());
			}
		}
		this.firstAnswer.complete(null);
	}

	/**
	 * Instances that were there before and have not come back yet are kept for a while.
	 */
	private void recover() {
		this.awaited = this.view.instances().stream().map(Instance::id).collect(Collectors.toSet());
		int recovery = ++this.recoveries;
		this.scheduler.schedule(() -> recovered(recovery), this.settings.recoveryTime().toNanos(),
				TimeUnit.NANOSECONDS);
	}

	private void recovered(int recovery) {
		synchronized (this.lock) {
			if (recovery != this.recoveries) {
				return;
			}
			this.awaited = Set.of();
			if (this.error == null) {
				apply();
			}
		}
	}

	private void apply() {
		List<Instance> healthy = this.last.healthy();
		List<Instance> before = this.view.instances()
			.stream()
			.filter((instance) -> !this.last.withdrawn().contains(instance.id()))
			.toList();
		List<Instance> missing = missing(healthy, before);
		if (!missing.isEmpty()) {
			publish(State.RECOVERING, Stream.concat(healthy.stream(), missing.stream()).toList());
		}
		else {
			List<Instance> kept = this.settings.zeroProtection()
					? this.lastHealthy.of(this.last, before, this.time.nanoTime()) : List.of();
			publish(kept.isEmpty() ? State.LIVE : State.ALL_UNHEALTHY, kept.isEmpty() ? healthy : kept);
		}
	}

	private List<Instance> missing(List<Instance> now, List<Instance> before) {
		if (this.awaited.isEmpty()) {
			return List.of();
		}
		this.awaited = new HashSet<>(this.awaited);
		now.forEach((instance) -> this.awaited.remove(instance.id()));
		Set<String> taken = now.stream().map(Instance::address).collect(Collectors.toSet());
		return before.stream()
			.filter((instance) -> this.awaited.contains(instance.id()) && !taken.contains(instance.address()))
			.toList();
	}

	private void publish(State state, List<Instance> instances) {
		ServiceView before = this.view;
		List<Instance> sorted = instances.stream().distinct().sorted(Comparator.comparing(Instance::id)).toList();
		boolean sameInstances = sorted.equals(before.instances());
		if (state == before.state() && sameInstances) {
			return;
		}
		if (state != before.state()) {
			this.stateSinceMillis = this.time.epochMillis();
		}
		List<Endpoint> endpoints = sameInstances ? before.endpoints() : endpoints(sorted, before);
		if (!sameInstances) {
			// who sees the view can choose among its instances
			this.cluster.replace(endpoints);
		}
		this.view = new ServiceView(this.service, state, endpoints);
		if (!sameInstances) {
			this.changed.run();
		}
		String line = "service=" + this.service + " instances=" + sorted.size() + " was=" + before.size() + " state="
				+ state;
		if (state == State.ALL_UNHEALTHY) {
			logger.warn(line + " effect=\"the last healthy instances are called on\"");
		}
		else if (sorted.isEmpty() && state == State.LIVE && !this.last.known().isEmpty()) {
			logger.warn(line + " effect=\"calls are rejected\" reason=\"every instance is unhealthy\"");
		}
		else {
			logger.info(line);
		}
	}

	private List<Endpoint> endpoints(List<Instance> instances, ServiceView before) {
		var known = before.endpoints().stream().collect(Collectors.toMap(Endpoint::instance, Function.identity()));
		List<Endpoint> endpoints = new ArrayList<>(instances.size());
		for (Instance instance : instances) {
			Endpoint endpoint = known.remove(instance);
			endpoints.add((endpoint != null) ? endpoint
					: new Endpoint(instance, this.counters.counter(instance), this.cluster));
		}
		known.keySet().forEach(this.counters::gone);
		return endpoints;
	}

	/**
	 * What services are followed with.
	 *
	 * @param settings how views behave
	 * @param counters counts attempts
	 * @param time the clock
	 * @param scheduler runs short tasks later
	 */
	record Surroundings(ViewSettings settings, AttemptCounters counters, TimeSource time,
			ScheduledExecutorService scheduler) {
	}

}
