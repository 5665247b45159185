// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import io.governance.discovery.registration.InstanceRegistrar;
import io.governance.time.TimeSource;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

/**
 * Has this instance leave without a failed call. When its context is closed, it is the
 * first to hear: taken out of the registries, the instance serves as before until callers
 * have seen that, with everything that serves still in place; then it refuses new calls
 * for a moment; then the context closes as it always does. A context that is stopped and
 * not closed leaves in its first phase. An operator can take the instance out in the same
 * way without stopping it, and put it back. Thread-safe.
 */
public final class InstanceLifecycle implements SmartLifecycle, GenericApplicationListener {

	/** How long registries may take to take the instance out. */
	private static final Duration TAKE_OUT_TIME = Duration.ofSeconds(3);

	/** The least time between two looks at whether the registries know. */
	private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

	private final ApplicationContext context;

	private final LeaveSettings settings;

	private final Registrars registrars;

	private final ScheduledExecutorService scheduler;

	private final InstanceStates states;

	/** Held by whoever leaves, so that a second one waits for the first. */
	private final Object departure = new Object();

	private boolean departed;

	/** The turn that was carried out last; belongs to the scheduler's thread. */
	private long carriedOut;

	private final LongAdder refused = new LongAdder();

	private volatile boolean running;

	/**
	 * Creates the lifecycle; it begins with the context.
	 * @param context the application, whose events and not its children's count
	 * @param settings how to leave
	 * @param registrars the registries that this instance is in
	 * @param scheduler a thread for what comes later
	 * @param threads a thread for each registry
	 * @param time the clock
	 */
	public InstanceLifecycle(ApplicationContext context, LeaveSettings settings, List<InstanceRegistrar> registrars,
			ScheduledExecutorService scheduler, Supplier<? extends Executor> threads, TimeSource time) {
		this.context = context;
		this.settings = settings;
		this.registrars = new Registrars(registrars, threads);
		this.scheduler = scheduler;
		this.states = new InstanceStates(time);
	}

	/**
	 * Where this instance stands.
	 * @return the status
	 */
	public InstanceStatus status() {
		return this.states.status();
	}

	/**
	 * How many calls were refused because they came late.
	 * @return the count
	 */
	public long refused() {
		return this.refused.sum();
	}

	void callRefused() {
		this.refused.increment();
	}

	/**
	 * Takes this instance out of service; it goes on serving those who call it. Returns
	 * at once; the status tells when callers have had the time to see it. Stays until
	 * {@link #putBack()} or the end of the process. Nothing happens when it is out, or
	 * stops.
	 * @param reason why, for people
	 */
	public void takeOut(String reason) {
		if (this.states.takeOut(reason)) {
			this.scheduler.execute(this::carryOut);
		}
	}

	/**
	 * Puts this instance back into service: it is ready again, if the application is, and
	 * registers as one that has just started. Nothing happens when it is not out, or
	 * stops.
	 */
	public void putBack() {
		if (this.states.putBack()) {
			this.scheduler.execute(this::carryOut);
		}
	}

	/**
	 * What is wanted when its turn comes, and not when it was said: two operators at once
	 * leave nothing half done.
	 */
	private void carryOut() {
		synchronized (this.departure) {
			InstanceStates.Wish wish = this.states.wish();
			if (wish == null || wish.turn() == this.carriedOut) {
				return;
			}
			this.carriedOut = wish.turn();
			String reason = wish.takenOut();
			if (reason == null) {
				backIn();
				return;
			}
			// then readiness: a registry tells what is out of service from what is not
			// ready
			this.registrars.outOfService(reason).thenRun(() -> this.scheduler.execute(() -> takenOut(wish.turn())));
		}
	}

	private void takenOut(long turn) {
		lookAfter(this.settings.leaveDelay(), turn);
		if (this.states.isTurn(turn)) {
			contradict();
		}
	}

	/** On the scheduler's thread: what is published last is what holds. */
	private void contradict() {
		if (this.states.isContradicted()) {
			publish(ReadinessState.REFUSING_TRAFFIC);
		}
	}

	private void backIn() {
		if (this.states.status().state() == InstanceState.IN_SERVICE) {
			publish(ReadinessState.ACCEPTING_TRAFFIC);
		}
		this.registrars.putBack();
	}

	private void lookAfter(Duration rest, long turn) {
		this.scheduler.schedule(() -> look(turn), rest.toNanos(), TimeUnit.NANOSECONDS);
	}

	/** A registry that is away still has it. */
	private void look(long turn) {
		Duration since = this.registrars.sinceListed();
		Duration missing = (since != null) ? this.settings.leaveDelay().minus(since) : Duration.ZERO;
		boolean seen = missing.compareTo(Duration.ZERO) <= 0 && (since == null || !since.isZero());
		if (seen) {
			this.states.seen(turn);
		}
		else if (this.states.isTurn(turn)) {
			lookAfter((missing.compareTo(NEXT_LOOK) < 0) ? NEXT_LOOK : missing, turn);
		}
	}

	@Override
	public boolean supportsEventType(ResolvableType eventType) {
		return ContextClosedEvent.class.isAssignableFrom(eventType.toClass())
				|| AvailabilityChangeEvent.class.isAssignableFrom(eventType.toClass());
	}

	@Override
	public int getOrder() {
		// others end their work at this event, executors for one
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ContextClosedEvent closed && closed.getApplicationContext() == this.context) {
			depart();
		}
		else if (event instanceof AvailabilityChangeEvent<?> change
				&& change.getState() instanceof ReadinessState readiness && isFromApplication(change)) {
			applicationSays(readiness == ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	private boolean isFromApplication(ApplicationEvent event) {
		return event.getSource() != this
				&& (!(event.getSource() instanceof ApplicationContext) || event.getSource() == this.context);
	}

	private void applicationSays(boolean isReady) {
		if (this.states.applicationIs(isReady)) {
			// later, or those behind us would hear it before what we answer to
			this.scheduler.execute(this::contradict);
		}
	}

	@Override
	public void start() {
		this.running = true;
		synchronized (this.departure) {
			if (this.departed) {
				// the context was stopped, not closed
				this.departed = false;
				this.states.comeBack();
				this.scheduler.execute(this::carryOut);
			}
		}
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
	public void stop() {
		this.running = false;
		depart();
	}

	private void depart() {
		synchronized (this.departure) {
			if (this.departed) {
				return;
			}
			this.departed = true;
			if (this.states.depart(InstanceState.LEAVING)) {
				publish(ReadinessState.REFUSING_TRAFFIC);
			}
			Registrars.await(this.registrars.takeOut(), TAKE_OUT_TIME);
			Duration rest = timeToWait();
			if (!rest.isNegative() && !rest.isZero()) {
				pause(rest);
				this.states.depart(InstanceState.REFUSING);
				pause(this.settings.lateWindow());
			}
			this.states.depart(InstanceState.STOPPING);
		}
	}

	/** Only where somebody can be waiting to see that this instance is gone. */
	private Duration timeToWait() {
		Duration since = this.registrars.sinceListed();
		if (since == null) {
			return (this.settings.waitFor() == LeaveSettings.WaitFor.ALWAYS) ? this.settings.leaveDelay()
					: Duration.ZERO;
		}
		return this.settings.leaveDelay().minus(since);
	}

	private static void pause(Duration length) {
		try {
			new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void publish(ReadinessState state) {
		this.context.publishEvent(new AvailabilityChangeEvent<>(this, state));
	}

}
