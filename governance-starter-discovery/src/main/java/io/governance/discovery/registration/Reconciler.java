// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

import io.governance.discovery.consul.ConsulAgent;
import io.governance.discovery.consul.ConsulException;
import io.governance.discovery.consul.ServiceDefinition;
import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Compares wanted with actual, one step at a time, and says when the next step is due.
 * Whatever the agent answers to a heartbeat but "yes" means that it does not know this
 * instance as it should be, and it is registered again in the same step. Between failed
 * steps it waits from a quarter of a second, doubled up to five seconds, less up to a
 * quarter by chance. Steps must not overlap; the status may be read by any thread.
 */
final class Reconciler {

	static final Duration FIRST_BACKOFF = Duration.ofMillis(250);

	static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

	private static final Log logger = LogFactory.getLog(Reconciler.class);

	private final ConsulAgent agent;

	private final DoubleSupplier random;

	private final AtomicLong registrations = new AtomicLong();

	private final TimeSource time;

	private volatile RegistrationStatus status;

	private @Nullable ServiceDefinition registered;

	private Duration backoff = FIRST_BACKOFF;

	Reconciler(ConsulAgent agent, DoubleSupplier random, TimeSource time) {
		this.agent = agent;
		this.random = random;
		this.time = time;
		this.status = new RegistrationStatus(RegistrationState.NOT_WANTED, null, null, time.epochMillis());
	}

	RegistrationStatus status() {
		return this.status;
	}

	/** How often this process was registered: more than once means that it healed. */
	long registrations() {
		return this.registrations.get();
	}

	/**
	 * One comparison.
	 * @param wanted what should be registered; {@code null} for nothing
	 * @return when to compare again
	 */
	Duration step(@Nullable ServiceDefinition wanted) {
		try {
			if (wanted == null) {
				remove();
				become(RegistrationState.NOT_WANTED, this.status.instanceId(), null);
				return LONGEST_BACKOFF;
			}
			confirm(wanted);
			become(RegistrationState.REGISTERED, wanted.id(), null);
			this.backoff = FIRST_BACKOFF;
			return wanted.ttl().dividedBy(3);
		}
		catch (ConsulException ex) {
			RegistrationState state = ex.noAnswer() ? RegistrationState.AWAY : RegistrationState.REFUSED;
			become(state, (wanted != null) ? wanted.id() : this.status.instanceId(), ex.getMessage());
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
			logger.warn("registration=failed effect=\"tried again until it works\"", error);
		}
		become(RegistrationState.AWAY, this.status.instanceId(), text);
		return nextBackoff();
	}

	/**
	 * Takes the instance out for good; tried once, because the process must end.
	 */
	void leave() {
		try {
			remove();
		}
		catch (RuntimeException ex) {
			logger
				.warn("registration=left-behind effect=\"the registry drops it when its time to live is over\" error=\""
						+ ex.getMessage() + "\"");
		}
		become(RegistrationState.LEFT, this.status.instanceId(), null);
	}

	private void confirm(ServiceDefinition wanted) {
		if (wanted.equals(this.registered)) {
			try {
				this.agent.heartbeat(wanted.id());
				return;
			}
			catch (ConsulException ex) {
				if (ex.noAnswer()) {
					throw ex;
				}
				logger.info("registration=lost instance=" + wanted.id() + " error=\"" + ex.getMessage() + "\"");
				this.registered = null;
			}
		}
		this.agent.register(wanted);
		this.registered = wanted;
		this.registrations.incrementAndGet();
	}

	private void remove() {
		ServiceDefinition present = this.registered;
		if (present != null) {
			this.agent.deregister(present.id());
			this.registered = null;
		}
	}

	private Duration nextBackoff() {
		Duration rest = this.backoff;
		Duration doubled = rest.multipliedBy(2);
		this.backoff = (doubled.compareTo(LONGEST_BACKOFF) > 0) ? LONGEST_BACKOFF : doubled;
		return Duration.ofNanos((long) (rest.toNanos() * (1 - this.random.getAsDouble() / 4)));
	}

	private void become(RegistrationState state, @Nullable String id, @Nullable String error) {
		RegistrationStatus before = this.status;
		RegistrationStatus next = new RegistrationStatus(state, id, error, before.sinceMillis());
		boolean same = state == before.state() || (next.isLost() && before.isLost());
		this.status = same ? next : new RegistrationStatus(state, id, error, this.time.epochMillis());
		if (state == before.state()) {
			return;
		}
		String line = "registration=" + state.name().toLowerCase(Locale.ROOT) + " instance=" + id;
		switch (state) {
			case REFUSED -> logger.warn(line + " effect=\"tried again until it is accepted\" error=\"" + error + "\"");
			// the connection's own state says so, once for all its users
			case AWAY -> logger.debug(line);
			default -> logger.info(line);
		}
	}

}
