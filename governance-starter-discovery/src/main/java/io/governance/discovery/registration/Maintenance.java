// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import io.governance.discovery.consul.ConsulAgent;
import io.governance.discovery.consul.ConsulException;
import io.governance.discovery.consul.RegisteredInstance;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this instance out of service for as long as somebody wants that, whoever said so:
 * this process, or an operator by Consul's own means. As long as the agent remembers, its
 * word counts; when it lost its memory it is told again. For the thread of the
 * {@link Reconciler}.
 */
final class Maintenance {

	private static final String NO_REASON = "no reason given";

	private final ConsulAgent agent;

	private @Nullable String reason;

	Maintenance(ConsulAgent agent) {
		this.agent = agent;
	}

	/**
	 * Begins or ends it.
	 * @param id the instance's id; {@code null} as long as it is not registered
	 * @param next why; {@code null} to end it
	 * @throws ConsulException when the agent did not do it
	 */
	void want(@Nullable String id, @Nullable String next) {
		String said = (next != null && next.isBlank()) ? NO_REASON : next;
		if (id != null) {
			this.agent.maintenance(id, said);
		}
		this.reason = said;
	}

	/**
	 * Tells an agent again that has just got the instance again.
	 * @param id the instance's id
	 * @param actual what the agent knows
	 * @return what it knows then
	 */
	RegisteredInstance restore(String id, RegisteredInstance actual) {
		String wanted = this.reason;
		if (wanted == null || actual.maintenance() != null) {
			return actual;
		}
		this.agent.maintenance(id, wanted);
		return new RegisteredInstance(actual.content(), actual.checkIds(), wanted, actual.nodeMaintenance(),
				actual.failing());
	}

	/**
	 * Learns what the agent says.
	 * @param actual what it knows
	 * @return why the instance is out of service; {@code null} when it is not
	 */
	@Nullable String seen(RegisteredInstance actual) {
		this.reason = actual.maintenance();
		return (this.reason != null) ? this.reason : actual.nodeMaintenance();
	}

}
