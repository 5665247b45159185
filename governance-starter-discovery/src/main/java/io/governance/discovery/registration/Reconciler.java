// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import io.governance.discovery.registration.InstanceRegistry.Standing;
import io.governance.logging.LogText;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Compares wanted with actual, one step at a time, and says when the next step is due.
 * Between failed steps it waits from a quarter of a second, doubled up to five seconds,
 * less up to a quarter by chance. Steps must not overlap; the status may be read by any
 * thread.
 */
final class Reconciler {

	static final Duration FIRST_BACKOFF = Duration.ofMillis(250);

	static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

	private static final Log logger = LogFactory.getLog(Reconciler.class);

	private final InstanceRegistry registry;

	private final DoubleSupplier random;

	private final AtomicLong registrations = new AtomicLong();

	private final TimeSource time;

	private volatile RegistrationStatus status;

	/** Written before the status that it belongs to. */
	private volatile long hiddenSinceMillis;

	private Duration backoff = FIRST_BACKOFF;

	Reconciler(InstanceRegistry registry, DoubleSupplier random, TimeSource time) {
		this.registry = registry;
		this.random = random;
		this.time = time;
		this.hiddenSinceMillis = time.epochMillis();
		this.status = new RegistrationStatus(RegistrationState.NOT_WANTED, null, null, this.hiddenSinceMillis);
	}

	RegistrationStatus status() {
		return this.status;
	}

	/**
	 * Since when others cannot call it, whatever the reason was; means nothing while they
	 * can.
	 */
	long hiddenSinceMillis() {
		return this.hiddenSinceMillis;
	}

	/** How often this process was registered: more than once means that it healed. */
	long registrations() {
		return this.registrations.get();
	}

	/**
	 * One comparison.
	 * @param wanted what should be registered; {@code null} for nothing
	 * @param outOfService why it must not be called; {@code null} when it may
	 * @return when to compare again
	 */
	Duration step(@Nullable ServiceDefinition wanted, @Nullable String outOfService) {
		String id = (wanted != null) ? wanted.id() : this.status.instanceId();
		try {
			if (wanted == null) {
				this.registry.remove();
				become(RegistrationState.NOT_WANTED, id, null);
				return LONGEST_BACKOFF;
			}
			if (outOfService == null && !this.status.isRegistered() && !this.status.isLost()) {
				become(RegistrationState.PENDING, id, null);
			}
			Standing standing = this.registry.confirm(wanted, outOfService);
			if (standing.anew()) {
				this.registrations.incrementAndGet();
			}
			become(standing.state(), id, standing.reason());
			this.backoff = FIRST_BACKOFF;
			return wanted.check().confirmEvery();
		}
		catch (RegistryException ex) {
			become(ex.noAnswer() ? RegistrationState.AWAY : RegistrationState.REFUSED, id, ex.getMessage());
			return nextBackoff();
		}
	}

	/**
	 * A comparison failed in a way that nobody expected; it must not be the last one.
	 * @param error why
	 * @return when to compare again
	 */
	Duration failed(RuntimeException error) {
		String text = error.toString();
		if (!text.equals(this.status.error())) {
			logger.warn(
					"registration=failed registry=" + this.registry.name() + " effect=\"tried again until it works\"",
					error);
		}
		become(RegistrationState.AWAY, this.status.instanceId(), text);
		return nextBackoff();
	}

	/**
	 * Takes the instance out for good; tried once, because the process must end.
	 */
	void leave() {
		try {
			this.registry.remove();
		}
		catch (RuntimeException ex) {
			logger.warn("registration=left-behind registry=" + this.registry.name()
					+ " effect=\"the registry drops it when its time to live is over\" error=\"" + ex.getMessage()
					+ "\"");
		}
		become(RegistrationState.LEFT, this.status.instanceId(), null);
	}

	private Duration nextBackoff() {
		Duration rest = this.backoff;
		Duration doubled = rest.multipliedBy(2);
		this.backoff = (doubled.compareTo(LONGEST_BACKOFF) > 0) ? LONGEST_BACKOFF : doubled;
		return Duration.ofNanos((long) (rest.toNanos() * (1 - this.random.getAsDouble() / 4)));
	}

	private void become(RegistrationState state, @Nullable String id, @Nullable String error) {
		RegistrationStatus before = this.status;
		long now = this.time.epochMillis();
		RegistrationStatus next = new RegistrationStatus(state, id, error, before.sinceMillis());
		if (before.isListed() && !next.isListed()) {
			this.hiddenSinceMillis = now;
		}
		boolean same = state == before.state() || (next.isLost() && before.isLost());
		this.status = same ? next : new RegistrationStatus(state, id, error, now);
		boolean otherRefusal = state == RegistrationState.REFUSED && !Objects.equals(error, before.error());
		if (state == before.state() && !otherRefusal) {
			return;
		}
		String text = LogText.of(String.valueOf(error));
		String line = "registration=" + state.name().toLowerCase(Locale.ROOT) + " registry=" + this.registry.name()
				+ " instance=" + id;
		switch (state) {
			case REFUSED -> logger.warn(line + " effect=\"tried again until it is accepted\" error=\"" + text + "\"");
			case UNHEALTHY -> logger.warn(line + " effect=\"others do not call it\" error=\"" + text + "\"");
			case MAINTENANCE -> logger.info(line + " effect=\"others do not call it\" reason=\"" + text + "\"");
			// the connection's own state says so, once for all its users
			case AWAY, PENDING -> logger.debug(line);
			case NOT_WANTED, REGISTERED, LEFT -> logger.info(line);
		}
	}

}
