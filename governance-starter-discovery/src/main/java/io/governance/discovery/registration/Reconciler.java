// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

import io.governance.discovery.consul.ConsulAgent;
import io.governance.discovery.consul.ConsulException;
import io.governance.discovery.consul.RegisteredInstance;
import io.governance.discovery.consul.ServiceCheck;
import io.governance.discovery.consul.ServiceDefinition;
import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Compares wanted with actual, one step at a time, and says when the next step is due. An
 * agent that does not know this instance as it was registered gets it again in the same
 * step; so does one that must learn a new token. Between failed steps it waits from a
 * quarter of a second, doubled up to five seconds, less up to a quarter by chance. Steps
 * must not overlap; the status may be read by any thread.
 */
final class Reconciler {

	static final Duration FIRST_BACKOFF = Duration.ofMillis(250);

	static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

	private static final Log logger = LogFactory.getLog(Reconciler.class);

	private final ConsulAgent agent;

	private final DoubleSupplier random;

	private final AtomicLong registrations = new AtomicLong();

	private final TimeSource time;

	private final Maintenance maintenance;

	private volatile RegistrationStatus status;

	private @Nullable Registered registered;

	/** What may be left in the registry when the process ends. */
	private @Nullable String presentId;

	private Duration backoff = FIRST_BACKOFF;

	Reconciler(ConsulAgent agent, DoubleSupplier random, TimeSource time) {
		this.agent = agent;
		this.random = random;
		this.time = time;
		this.maintenance = new Maintenance(agent);
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
			seen(wanted, confirm(wanted));
			this.backoff = FIRST_BACKOFF;
			return wanted.check().confirmEvery();
		}
		catch (ConsulException ex) {
			RegistrationState state = ex.noAnswer() ? RegistrationState.AWAY : RegistrationState.REFUSED;
			become(state, (wanted != null) ? wanted.id() : this.status.instanceId(),
					Refusal.text(ex, (wanted != null) ? wanted.service() : "this service"));
			return nextBackoff();
		}
	}

	/**
	 * Takes this instance out of service, or back in. What is not registered yet is taken
	 * out as soon as it is.
	 * @param reason why; {@code null} to take it back in
	 * @throws ConsulException when that was not done, and is not tried again
	 */
	void maintain(@Nullable String reason) {
		this.maintenance.want((this.registered != null) ? this.registered.wanted().id() : null, reason);
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

	private RegisteredInstance confirm(ServiceDefinition wanted) {
		Registered before = this.registered;
		if (before == null || !wanted.equals(before.wanted()) || this.agent.isTokenChanged()) {
			return register(wanted);
		}
		try {
			if (wanted.check() instanceof ServiceCheck.Ttl) {
				this.agent.heartbeat(wanted);
			}
			RegisteredInstance actual = this.agent.find(wanted.id());
			if (actual != null && actual.isStill(before.actual(), wanted)) {
				return actual;
			}
			lost(wanted, (actual != null) ? "changed by someone else" : "not known to the agent");
		}
		catch (ConsulException ex) {
			if (ex.noAnswer() || ex.refused()) {
				throw ex;
			}
			lost(wanted, String.valueOf(ex.getMessage()));
		}
		return register(wanted);
	}

	private void lost(ServiceDefinition wanted, String why) {
		logger.info("registration=lost instance=" + wanted.id() + " error=\"" + why + "\"");
		this.registered = null;
	}

	private RegisteredInstance register(ServiceDefinition wanted) {
		if (this.presentId != null && !this.presentId.equals(wanted.id())) {
			remove();
		}
		this.agent.register(wanted);
		this.presentId = wanted.id();
		RegisteredInstance actual = this.maintenance.restore(wanted.id(), found(wanted));
		removeSurplus(wanted, actual);
		if (this.registered == null) {
			this.registrations.incrementAndGet();
		}
		this.registered = new Registered(wanted, actual);
		return actual;
	}

	private RegisteredInstance found(ServiceDefinition wanted) {
		RegisteredInstance actual = this.agent.find(wanted.id());
		if (actual == null) {
			throw new IllegalStateException("the agent accepted " + wanted.id() + " and does not know it");
		}
		return actual;
	}

	/** What an instance of another version left under the same id. */
	private void removeSurplus(ServiceDefinition wanted, RegisteredInstance actual) {
		String own = wanted.check().id(wanted.id());
		actual.checkIds().stream().filter((id) -> !id.equals(own)).forEach(this.agent::removeCheck);
	}

	private void remove() {
		String present = this.presentId;
		if (present != null) {
			this.agent.deregister(present);
			this.presentId = null;
			this.registered = null;
		}
	}

	private void seen(ServiceDefinition wanted, RegisteredInstance actual) {
		String reason = this.maintenance.seen(actual);
		if (reason != null) {
			become(RegistrationState.MAINTENANCE, wanted.id(), reason);
		}
		else if (!actual.failing().isEmpty()) {
			become(RegistrationState.UNHEALTHY, wanted.id(), actual.failing());
		}
		else {
			become(RegistrationState.REGISTERED, wanted.id(), null);
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
			case UNHEALTHY -> logger.warn(line + " effect=\"others do not call it\" error=\"" + error + "\"");
			case MAINTENANCE -> logger.info(line + " effect=\"others do not call it\" reason=\"" + error + "\"");
			// the connection's own state says so, once for all its users
			case AWAY -> logger.debug(line);
			case NOT_WANTED, PENDING, REGISTERED, LEFT -> logger.info(line);
		}
	}

	/** What was registered, and what the agent made of it. */
	private record Registered(ServiceDefinition wanted, RegisteredInstance actual) {

	}

}
