// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;

import io.governance.discovery.registration.InstanceRegistry;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.ServiceDefinition;
import io.governance.discovery.registration.InstanceRegistry.Standing;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A Consul agent as a place to register. Each time it is asked, it sends the heartbeat
 * and looks at its entry: an agent that does not know the instance as it was registered
 * gets it again, and so does one that must learn a new token. Out of service is Consul's
 * maintenance mode.
 */
public final class ConsulRegistry implements InstanceRegistry {

	private static final Log logger = LogFactory.getLog(ConsulRegistry.class);

	private final ConsulAgent agent;

	private final ConsulMaintenance maintenance;

	private @Nullable Registered registered;

	/** What the agent found last, so that a sick instance is not called a healthy one. */
	private String failing = "";

	/** What may be left in the registry when the process ends. */
	private @Nullable String presentId;

	/**
	 * Creates the registry; nothing is asked yet.
	 * @param client connections that nothing else uses
	 * @param timeout how long an answer may take
	 */
	public ConsulRegistry(ConsulClient client, Duration timeout) {
		this.agent = new ConsulAgent(client, timeout);
		this.maintenance = new ConsulMaintenance(this.agent);
	}

	@Override
	public String name() {
		return "consul";
	}

	@Override
	public String address() {
		return this.agent.address().toString();
	}

	@Override
	public String remedy() {
		return "Start the Consul agent at " + address() + ", or correct governance.discovery.consul.host, .port, "
				+ ".scheme and .token or .token-file (expected: an agent that accepts this service).";
	}

	@Override
	public Duration longestAnswer() {
		return this.agent.longestAnswer();
	}

	@Override
	public Standing confirm(ServiceDefinition wanted, @Nullable String outOfService) {
		try {
			return compare((outOfService != null) ? heartbeatsOnly(wanted) : wanted, outOfService);
		}
		catch (ConsulException ex) {
			throw ConsulAdvice.advised(ex, wanted.service());
		}
	}

	@Override
	public void remove() {
		String present = this.presentId;
		if (present != null) {
			this.agent.deregister(present);
			this.presentId = null;
			this.registered = null;
			this.failing = "";
		}
	}

	/** An agent that asks finds nothing ready, and would forget the instance for it. */
	private static ServiceDefinition heartbeatsOnly(ServiceDefinition wanted) {
		ServiceDefinition.Check check = wanted.check();
		return (check instanceof ServiceDefinition.Check.Ttl) ? wanted : wanted.with(
				new ServiceDefinition.Check.Ttl(check.confirmEvery().multipliedBy(3), check.deregisterCriticalAfter()));
	}

	private Standing compare(ServiceDefinition wanted, @Nullable String outOfService) {
		RegisteredInstance actual = known(wanted);
		if (actual != null) {
			this.failing = actual.failing();
			return standing(this.maintenance.apply(wanted.id(), actual, outOfService), actual.failing(), false);
		}
		return register(wanted, outOfService);
	}

	/** {@code null} where it must be registered. */
	private @Nullable RegisteredInstance known(ServiceDefinition wanted) {
		Registered before = this.registered;
		if (before == null || !wanted.equals(before.wanted()) || this.agent.isTokenChanged()) {
			return null;
		}
		try {
			if (wanted.check() instanceof ServiceDefinition.Check.Ttl) {
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
		return null;
	}

	private void lost(ServiceDefinition wanted, String why) {
		logger.info("registration=lost registry=consul instance=" + wanted.id() + " error=\"" + why + "\"");
		this.registered = null;
	}

	private Standing register(ServiceDefinition wanted, @Nullable String outOfService) {
		if (this.presentId != null && !this.presentId.equals(wanted.id())) {
			remove();
		}
		// nobody shall call it before its maintenance is known
		boolean callable = !this.maintenance.isWanted(outOfService);
		boolean heartbeats = wanted.check() instanceof ServiceDefinition.Check.Ttl;
		// an agent that has it keeps its maintenance, and whoever ends that meanwhile
		// means it
		boolean isKept = !callable && this.registered != null && this.agent.find(wanted.id()) != null;
		this.agent.register(wanted, callable && (heartbeats || this.failing.isEmpty()));
		this.presentId = wanted.id();
		RegisteredInstance actual = found(wanted);
		String reason = isKept ? this.maintenance.apply(wanted.id(), actual, outOfService)
				: this.maintenance.restore(wanted.id(), actual, outOfService);
		if (!callable && heartbeats) {
			this.agent.heartbeat(wanted);
		}
		removeSurplus(wanted, actual);
		boolean anew = this.registered == null;
		this.registered = new Registered(wanted, actual);
		return standing(reason, callable ? actual.failing() : "", anew);
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
		String own = ConsulChecks.id(wanted);
		actual.checkIds().stream().filter((id) -> !id.equals(own)).forEach(this.agent::removeCheck);
	}

	private static Standing standing(@Nullable String maintenance, String failing, boolean anew) {
		if (maintenance != null) {
			return new Standing(RegistrationState.MAINTENANCE, maintenance, anew);
		}
		return failing.isEmpty() ? Standing.registered(anew) : new Standing(RegistrationState.UNHEALTHY, failing, anew);
	}

	/** What was registered, and what the agent made of it. */
	private record Registered(ServiceDefinition wanted, RegisteredInstance actual) {

	}

}
