// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;

/**
 * Registers this process in one registry as long as its web server is up, its readiness
 * accepts traffic, and nobody took it out. Where nothing takes it out before, it is taken
 * out on the way to the end of the process, before Boot's graceful shutdown begins.
 * Thread-safe.
 */
public final class SelfRegistration implements SmartLifecycle, GenericApplicationListener, InstanceRegistrar {

	/** Stops before Boot's graceful shutdown of the web server. */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final Duration LEAVE_TIME = Duration.ofSeconds(3);

	private static final Log logger = LogFactory.getLog(SelfRegistration.class);

	private final ApplicationContext context;

	private final OwnInstance instance;

	private final RegistrationSettings settings;

	private final InstanceRegistry registry;

	private final Reconciler reconciler;

	private final ScheduledExecutorService scheduler;

	private volatile boolean running;

	private volatile boolean ready;

	private volatile boolean takenOut;

	private volatile @Nullable String outOfService;

	private @Nullable Future<?> next;

	/** Belongs to the scheduler's thread, as the one above does. */
	private boolean portIsMissing;

	/**
	 * Creates the registration; nothing happens before the application is ready.
	 * @param context the application, whose events and not its children's count
	 * @param instance what this process says about itself
	 * @param settings how to register
	 * @param registry where to register
	 * @param scheduler the thread that talks to the registry
	 */
	public SelfRegistration(ApplicationContext context, OwnInstance instance, RegistrationSettings settings,
			InstanceRegistry registry, ScheduledExecutorService scheduler) {
		this.context = context;
		this.instance = instance;
		this.settings = settings;
		this.registry = registry;
		this.reconciler = new Reconciler(registry, settings.random(), instance.time());
		this.scheduler = scheduler;
	}

	/**
	 * Where this process stands.
	 * @return the status
	 */
	public RegistrationStatus status() {
		return this.reconciler.status();
	}

	/**
	 * How often this process was registered; more than once means that it was lost and
	 * healed.
	 * @return the count
	 */
	public long registrations() {
		return this.reconciler.registrations();
	}

	@Override
	public boolean supportsEventType(ResolvableType eventType) {
		return AvailabilityChangeEvent.class.isAssignableFrom(eventType.toClass())
				|| WebServerInitializedEvent.class.isAssignableFrom(eventType.toClass());
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof WebServerInitializedEvent initialized) {
			this.instance.serverStarted(initialized);
			compareSoon();
		}
		else if (event instanceof AvailabilityChangeEvent<?> change && !isOfAnotherContext(change)
				&& change.getState() instanceof ReadinessState state) {
			readinessIs(state == ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	private void readinessIs(boolean accepting) {
		this.ready = accepting;
		if (!accepting && this.outOfService == null) {
			this.instance.interrupted();
		}
		if (accepting && this.outOfService == null && this.settings.failFast() && registrations() == 0) {
			registerNow();
		}
		compareSoon();
	}

	@Override
	public String registry() {
		return this.registry.name();
	}

	@Override
	public @Nullable Duration sinceListed() {
		if (registrations() == 0) {
			return null;
		}
		if (status().isListed()) {
			return Duration.ZERO;
		}
		long since = this.instance.time().epochMillis() - this.reconciler.hiddenSinceMillis();
		return Duration.ofMillis(Math.max(1, since));
	}

	@Override
	public void takeOut() {
		this.takenOut = true;
		this.instance.interrupted();
		compareNow();
	}

	@Override
	public void outOfService(String reason) {
		this.takenOut = false;
		this.outOfService = reason;
		compareNow();
	}

	@Override
	public void putBack() {
		this.takenOut = false;
		this.outOfService = null;
		this.instance.interrupted();
		compareSoon();
	}

	@Override
	public void start() {
		this.running = true;
		compareSoon();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void stop() {
		this.running = false;
		if (!ended(this.scheduler.submit(this.reconciler::leave), LEAVE_TIME)) {
			throw new IllegalStateException("registration: no end within " + LEAVE_TIME);
		}
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		try {
			this.scheduler.execute(() -> {
				this.reconciler.leave();
				callback.run();
			});
		}
		catch (RejectedExecutionException ex) {
			callback.run();
		}
	}

	private boolean isOfAnotherContext(ApplicationEvent event) {
		return event.getSource() instanceof ApplicationContext && event.getSource() != this.context;
	}

	private void registerNow() {
		boolean tried = ended(this.scheduler.submit(this::compare), this.registry.longestAnswer().plus(LEAVE_TIME));
		RegistrationStatus status = status();
		if (!status.isRegistered()) {
			throw new RegistrationFailedException(this.registry, status, tried);
		}
	}

	private void compareNow() {
		if (this.running) {
			ended(this.scheduler.submit(this::compare), this.registry.longestAnswer());
		}
	}

	private void compareSoon() {
		if (this.running) {
			this.scheduler.execute(this::compare);
		}
	}

	private void compare() {
		if (!this.running) {
			return;
		}
		if (this.next != null) {
			this.next.cancel(false);
		}
		Duration rest = step();
		this.next = this.scheduler.schedule(this::compare, rest.toNanos(), TimeUnit.NANOSECONDS);
	}

	private Duration step() {
		try {
			String reason = this.outOfService;
			boolean wanted = (this.ready || reason != null) && !this.takenOut;
			ServiceDefinition definition = wanted ? this.instance.definition() : null;
			if (wanted && definition == null) {
				sayPortIsMissing();
			}
			return this.reconciler.step(definition, reason);
		}
		catch (RuntimeException ex) {
			return this.reconciler.failed(ex);
		}
	}

	private void sayPortIsMissing() {
		if (!this.portIsMissing) {
			this.portIsMissing = true;
			logger.warn("registration=not-possible registry=" + this.registry.name()
					+ " reason=\"no server of Spring Boot's says its port: set governance.discovery.registration.port\"");
		}
	}

	private static boolean ended(Future<?> task, Duration atMost) {
		try {
			task.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
	}

}
