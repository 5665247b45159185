// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import org.jspecify.annotations.Nullable;

/**
 * Keeps this instance in Consul's maintenance mode for as long as it is out of service,
 * and as long as somebody wants that by Consul's own means. What this process began, it
 * begins again wherever it was ended, and ends itself; what it did not begin it leaves
 * alone, and restores where the agent lost its memory. For one thread.
 */
final class ConsulMaintenance {

	/** Tells the two apart, whichever process of this instance began it. */
	static final String OWN = "out of service by its actuator's governanceinstance: ";

	private final ConsulAgent agent;

	private @Nullable String byHand;

	ConsulMaintenance(ConsulAgent agent) {
		this.agent = agent;
	}

	/** Whether an agent that does not know the instance must hear of it. */
	boolean isWanted(@Nullable String outOfService) {
		return outOfService != null || this.byHand != null;
	}

	/**
	 * Tells an agent that has just got the instance again.
	 * @param id the instance's id
	 * @param actual what the agent knows
	 * @param outOfService why this process is out of service; {@code null} when it is not
	 * @return why the instance is in maintenance; {@code null} when it is not
	 */
	@Nullable String restore(String id, RegisteredInstance actual, @Nullable String outOfService) {
		String before = this.byHand;
		if (actual.maintenance() == null && before != null) {
			this.agent.maintenance(id, before);
			return before;
		}
		return apply(id, actual, outOfService);
	}

	/**
	 * Brings the agent to what this process wants, and learns what others want.
	 * @param id the instance's id
	 * @param actual what the agent knows
	 * @param outOfService why this process is out of service; {@code null} when it is not
	 * @return why the instance is in maintenance; {@code null} when it is not
	 */
	@Nullable String apply(String id, RegisteredInstance actual, @Nullable String outOfService) {
		String said = actual.maintenance();
		boolean own = said != null && said.startsWith(OWN);
		this.byHand = own ? null : said;
		if (said == null && outOfService != null) {
			said = OWN + outOfService;
			this.agent.maintenance(id, said);
		}
		else if (own && outOfService == null) {
			said = null;
			this.agent.maintenance(id, null);
		}
		return (said != null) ? said : actual.nodeMaintenance();
	}

}
