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
import io.governance.policy.Outcome;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.selection.Destination.HeaderChanges;
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

	private final AttemptCounters counters;

	private final TimeSource time;

	private final ScheduledExecutorService scheduler;

	private final AtomicBoolean sweeping = new AtomicBoolean();

	private final AtomicBoolean full = new AtomicBoolean();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final Map<String, WatchedService> services = new ConcurrentHashMap<>();

	/**
	 * Creates the views; follows nothing yet.
	 * @param source where instances come from
	 * @param settings how views behave
	 * @param counters counts attempts
	 * @param time the clock
	 * @param scheduler runs short tasks later
	 */
	public ServiceViews(InstanceSource source, ViewSettings settings, AttemptCounters counters, TimeSource time,
			ScheduledExecutorService scheduler) {
		this.source = source;
		this.settings = settings;
		this.counters = counters;
		this.time = time;
		this.scheduler = scheduler;
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
	 * Has a listener run after a service began or ceased to be followed.
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
		return select(watched, call, attempts);
	}

	@Override
	public CompletableFuture<SelectedInstance> selectAsync(Call call, @Nullable Attempts attempts) {
		try {
			WatchedService watched = watch(call.service());
			if (watched.view().size() > 0 || watched.firstAnswer().isDone()) {
				return CompletableFuture.completedFuture(select(watched, call, attempts));
			}
			CompletableFuture<SelectedInstance> later = new CompletableFuture<>();
			answered(watched).whenComplete((none, error) -> selectLater(watched, call, attempts, later));
			return later;
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
			SelectedInstance selected = select(watched, call, attempts);
			if (!later.complete(selected)) {
				selected.cancelled();
			}
		}
		catch (RuntimeException ex) {
			later.completeExceptionally(ex);
		}
	}

	private SelectedInstance select(WatchedService watched, Call call, @Nullable Attempts attempts) {
		Endpoint endpoint = watched.pick(attempts);
		if (endpoint == null) {
			throw noInstance(call.service());
		}
		if (attempts != null) {
			attempts.add(endpoint.instance().id());
		}
		endpoint.countAttempt();
		return new SelectedInstance(endpoint.instance(), HeaderChanges.NONE, account(watched, endpoint), attempts,
				this.time);
	}

	private static SelectedInstance.Account account(WatchedService watched, Endpoint endpoint) {
		return new SelectedInstance.Account() {

			@Override
			public void answered(Outcome outcome) {
			}

			@Override
			public void ended(Outcome outcome) {
				if (outcome.kind() == Outcome.Kind.CONNECT_FAILURE) {
					watched.avoid(endpoint.instance());
				}
			}

		};
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
			this.scheduler.scheduleWithFixedDelay(this::forgetUnused, interval, interval, TimeUnit.NANOSECONDS);
		}
		WatchedService watched = this.services.computeIfAbsent(service, (name) -> {
			WatchedService started = new WatchedService(name, this.settings, this.counters, this.time, this.scheduler);
			started.follow(this.source);
			return started;
		});
		this.listeners.forEach(Runnable::run);
		return watched;
	}

	void forgetUnused() {
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
