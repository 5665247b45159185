// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.governance.discovery.Instance;
import io.governance.discovery.registration.RegistrationState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps this process registered in etcd as long as it wants to be: a lease is kept alive
 * at each third of its time to live, and whatever is lost is registered again in the same
 * step. On the way to the end of the process the key is taken out first, and calls are
 * served on for {@code leave-delay}.
 */
public final class EtcdRegistration implements SmartLifecycle {

	/** Stops before Boot's graceful shutdown of the web server. */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final Log logger = LogFactory.getLog(EtcdRegistration.class);

	private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);

	private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

	private final EtcdRegistry registry;

	private final Supplier<@Nullable Instance> wanted;

	private final Duration ttl;

	private final ScheduledExecutorService scheduler;

	private volatile boolean running;

	private volatile RegistrationState state = RegistrationState.NOT_WANTED;

	private volatile @Nullable String error;

	private volatile long registrations;

	private @Nullable Instance registered;

	private @Nullable Future<?> next;

	private Duration backoff = FIRST_BACKOFF;

	/**
	 * Creates the registration; nothing happens before the start.
	 * @param etcd the connection
	 * @param wanted what should be registered now; {@code null} for nothing
	 * @param ttl how long the instance counts as alive after a heartbeat; whole seconds
	 * @param scheduler a thread that may block
	 */
	public EtcdRegistration(EtcdConnection etcd, Supplier<@Nullable Instance> wanted, Duration ttl,
			ScheduledExecutorService scheduler) {
		this.registry = new EtcdRegistry(etcd, ttl);
		this.wanted = wanted;
		this.ttl = ttl;
		this.scheduler = scheduler;
	}

	/**
	 * Where this process stands.
	 * @return the state
	 */
	public RegistrationState state() {
		return this.state;
	}

	/**
	 * Why this process is not registered, if it should be.
	 * @return the error
	 */
	public @Nullable String error() {
		return this.error;
	}

	/**
	 * How often this process was registered; more than once means that it was lost and
	 * healed.
	 * @return the count
	 */
	public long registrations() {
		return this.registrations;
	}

	/**
	 * Compares wanted with actual now, and not only at the next heartbeat.
	 */
	public void compareSoon() {
		if (this.running) {
			this.scheduler.execute(this::compare);
		}
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
		try {
			this.scheduler.submit(this::leave).get(LONGEST_BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("registration: no end within " + LONGEST_BACKOFF, ex);
		}
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		try {
			this.scheduler.execute(() -> {
				leave();
				callback.run();
			});
		}
		catch (RejectedExecutionException ex) {
			callback.run();
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
			Instance instance = this.wanted.get();
			if (instance == null) {
				this.registry.deregister();
				this.registered = null;
				become(RegistrationState.NOT_WANTED, null, null);
				return LONGEST_BACKOFF;
			}
			confirm(instance);
			become(RegistrationState.REGISTERED, instance, null);
			this.backoff = FIRST_BACKOFF;
			return this.ttl.dividedBy(3);
		}
		catch (EtcdFailure ex) {
			become(ex.noAnswer() ? RegistrationState.AWAY : RegistrationState.REFUSED, null, ex.getMessage());
			return nextBackoff();
		}
		catch (RuntimeException ex) {
			// it must not be the last comparison
			become(RegistrationState.AWAY, null, ex.toString());
			return nextBackoff();
		}
	}

	private void confirm(Instance instance) {
		if (instance.equals(this.registered)) {
			if (this.registry.heartbeat(instance)) {
				return;
			}
			logger.info("registration=lost instance=" + instance.id());
		}
		this.registered = null;
		this.registry.register(instance);
		this.registered = instance;
		this.registrations = this.registrations + 1;
	}

	private void leave() {
		try {
			this.registry.deregister();
		}
		catch (RuntimeException ex) {
			logger.warn("registration=left-behind effect=\"etcd drops it when its time to live is over\" error=\""
					+ ex.getMessage() + "\"");
		}
		become(RegistrationState.LEFT, null, null);
	}

	private Duration nextBackoff() {
		Duration rest = this.backoff;
		Duration doubled = rest.multipliedBy(2);
		this.backoff = (doubled.compareTo(LONGEST_BACKOFF) > 0) ? LONGEST_BACKOFF : doubled;
		return rest.minusMillis(ThreadLocalRandom.current().nextLong(rest.toMillis() / 4));
	}

	private void become(RegistrationState next, @Nullable Instance instance, @Nullable String why) {
		this.error = why;
		if (next == this.state) {
			return;
		}
		this.state = next;
		String line = "registration=" + next.name().toLowerCase(Locale.ROOT)
				+ ((instance != null) ? " instance=" + instance.id() : "");
		switch (next) {
			case REFUSED -> logger.warn(line + " effect=\"tried again until it is accepted\" error=\"" + why + "\"");
			// the connection says so, once for all its users
			case AWAY -> logger.debug(line);
			default -> logger.info(line);
		}
	}

}
