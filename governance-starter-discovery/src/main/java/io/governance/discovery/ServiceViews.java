// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.context.Attempts;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.selection.Copy;
import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The views of all services that this process calls. A service is followed from its first
 * use on, until it has no instances and nobody asked for it for a while. Thread-safe; a
 * call reads one map and one reference.
 */
public final class ServiceViews implements InstanceSelector {

	private static final Log logger = LogFactory.getLog(ServiceViews.class);

	private final InstanceSource source;

	private final ViewSettings settings;

	private final SelectionSettings selection;

	private final WatchedService.Surroundings surroundings;

	private final AtomicBoolean sweeping = new AtomicBoolean();

	private final AtomicBoolean full = new AtomicBoolean();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final Map<String, WatchedService> services = new ConcurrentHashMap<>();

	private final Callers callers;

	/**
	 * Creates the views; follows nothing yet.
	 * @param source where instances come from
	 * @param settings how views behave
	 * @param selection what instances are chosen with
	 * @param counters counts attempts
	 * @param time the clock
	 * @param scheduler runs short tasks later
	 */
	public ServiceViews(InstanceSource source, ViewSettings settings, SelectionSettings selection,
			AttemptCounters counters, TimeSource time, ScheduledExecutorService scheduler) {
		this.source = source;
		this.settings = settings;
		this.selection = selection;
		this.surroundings = new WatchedService.Surroundings(settings, counters, time, scheduler);
		this.callers = new Callers(selection.zone());
		selection.engine().onChange(this::applyRules);
	}

	/**
	 * The present view of a service, which is followed from now on. Waits for its first
	 * list, for a bounded time.
	 * @param service the service's name
	 * @return the view
	 */
	public ServiceView view(String service) {
		WatchedService watched = watch(service);
		await(watched);
		return watched.view();
	}

	/**
	 * As {@link #view}, for callers that must not block.
	 * @param service the service's name
	 * @return the view
	 */
	public CompletableFuture<ServiceView> viewAsync(String service) {
		WatchedService watched = watch(service);
		return answered(watched).thenApply((none) -> watched.view());
	}

	/**
	 * Whether a service that is followed has an instance at an address.
	 * @param service the service's name
	 * @param address host and port, as they stand in a URI
	 * @return whether it has
	 */
	public boolean hasInstance(String service, String address) {
		WatchedService watched = this.services.get(service);
		return watched != null && watched.view().hasAddress(address);
	}

	/**
	 * The state of every followed service.
	 * @return the states, by name
	 */
	public List<ServiceStatus> status() {
		return this.services.values()
			.stream()
			.map(WatchedService::status)
			.sorted(Comparator.comparing(ServiceStatus::service))
			.toList();
	}

	/**
	 * The state of a service.
	 * @param service the service's name
	 * @return the state; {@code null} if it is not followed
	 */
	public @Nullable ServiceStatus status(String service) {
		WatchedService watched = this.services.get(service);
		return (watched != null) ? watched.status() : null;
	}

	/**
	 * The attempts that routes in force sent to their destinations.
	 * @return live counts, by service, rule and subset
	 */
	public List<ServiceStatus.Routed> routed() {
		return this.services.values().stream().flatMap((watched) -> watched.cluster().routed().stream()).toList();
	}

	/**
	 * Has a listener run after a service began or ceased to be followed, or rules
	 * changed.
	 * @param listener the listener
	 */
	public void onChange(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Where instances come from.
	 * @return the source
	 */
	public InstanceSource source() {
		return this.source;
	}

	@Override
	public SelectedInstance select(Call call, @Nullable Attempts attempts) {
		WatchedService watched = watch(call.service());
		if (watched.view().size() == 0) {
			await(watched);
		}
		return watched.cluster().select(call, attempts);
	}

	@Override
	public CompletableFuture<SelectedInstance> selectAsync(Call call, @Nullable Attempts attempts) {
		try {
			WatchedService watched = watch(call.service());
			if (watched.view().size() > 0 || watched.firstAnswer().isDone()) {
				return CompletableFuture.completedFuture(watched.cluster().select(call, attempts));
			}
			CompletableFuture<SelectedInstance> later = new CompletableFuture<>();
			answered(watched).whenComplete((none, error) -> selectLater(watched, call, attempts, later));
			return later;
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public CompletableFuture<Instance> selectCopy(Copy copy, Call call) {
		try {
			WatchedService watched = watch(copy.service());
			if (watched.view().size() > 0 || watched.firstAnswer().isDone()) {
				return CompletableFuture.completedFuture(watched.cluster().selectCopy(copy, call));
			}
			return answered(watched).thenApply((none) -> watched.cluster().selectCopy(copy, call));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void selectLater(WatchedService watched, Call call, @Nullable Attempts attempts,
			CompletableFuture<SelectedInstance> later) {
		if (later.isDone()) {
			return;
		}
		try {
			SelectedInstance selected = watched.cluster().select(call, attempts);
			if (!later.complete(selected)) {
				selected.cancelled();
			}
		}
		catch (RuntimeException ex) {
			later.completeExceptionally(ex);
		}
	}

	private WatchedService watch(String service) {
		WatchedService watched = this.services.get(service);
		if (watched == null) {
			return startWatch(service);
		}
		watched.use();
		return watched;
	}

	private WatchedService startWatch(String service) {
		if (this.services.size() >= this.settings.maximumServices()) {
			sayFull(service);
			throw noInstance(service);
		}
		if (this.sweeping.compareAndSet(false, true)) {
			long interval = this.settings.forgetAfter().dividedBy(4).toNanos();
			this.surroundings.scheduler()
				.scheduleWithFixedDelay(this::forgetUnused, interval, interval, TimeUnit.NANOSECONDS);
		}
		WatchedService watched = this.services.computeIfAbsent(service, (name) -> {
			WatchedService started = new WatchedService(name, this.surroundings, cluster(name), () -> changed(name));
			started.follow(this.source);
			return started;
		});
		watched.cluster().applyRules();
		followCallers();
		this.listeners.forEach(Runnable::run);
		return watched;
	}

	private ServiceCluster cluster(String service) {
		return new ServiceCluster(service, this.selection, this.callers::locality, this.surroundings.time(),
				this.surroundings.scheduler(), this.settings.avoidFor().toNanos());
	}

	private void applyRules() {
		this.services.values().forEach((watched) -> watched.cluster().applyRules());
		followCallers();
		this.listeners.forEach(Runnable::run);
	}

	/**
	 * The own service is followed like another, where a rule wants to know who calls from
	 * where.
	 */
	private void followCallers() {
		boolean wanted = this.selection.zone() != null
				&& this.services.values().stream().anyMatch((watched) -> watched.cluster().dependsOnCallers());
		this.callers.want(wanted);
		if (wanted) {
			useOwn();
			countCallers();
		}
	}

	private void useOwn() {
		try {
			watch(this.selection.service());
		}
		catch (CallRejectedException ex) {
			// as many services are followed as may be, and that was said
			return;
		}
	}

	private void changed(String service) {
		if (service.equals(this.selection.service()) && this.callers.isWanted()) {
			// on another thread: this one holds what the own service is guarded by
			this.surroundings.scheduler().schedule(this::countCallers, 0, TimeUnit.NANOSECONDS);
		}
	}

	private void countCallers() {
		WatchedService own = this.services.get(this.selection.service());
		if (own != null && this.callers.count(own.view().instances())) {
			this.services.values().forEach((watched) -> watched.cluster().applyRules());
		}
	}

	void forgetUnused() {
		if (this.callers.isWanted()) {
			useOwn();
		}
		this.services.values().forEach(WatchedService::sayBack);
		if (this.services.values().removeIf(WatchedService::closeIfUnused)) {
			this.listeners.forEach(Runnable::run);
		}
		if (this.services.size() < this.settings.maximumServices()) {
			this.full.set(false);
		}
	}

	private void sayFull(String service) {
		if (this.full.compareAndSet(false, true)) {
			logger.warn("services=" + this.services.size() + " refused=" + service
					+ " effect=\"services beyond that have no instances\" "
					+ "action=\"raise governance.discovery.view.maximum-services, or call fewer\"");
		}
	}

	private void await(WatchedService watched) {
		try {
			watched.firstAnswer().get(this.settings.firstListTimeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException | ExecutionException ex) {
			// the view stays empty, and the caller is told so
			return;
		}
	}

	private CompletableFuture<Void> answered(WatchedService watched) {
		return watched.firstAnswer()
			.copy()
			.completeOnTimeout(null, this.settings.firstListTimeout().toNanos(), TimeUnit.NANOSECONDS);
	}

	private static CallRejectedException noInstance(String service) {
		return new CallRejectedException(service, Rejection.of(Reason.NO_INSTANCE));
	}

}
