// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says once that the agent is away, and once that it is back, for all connections of this
 * process together.
 */
public final class ConsulReachability {

	private static final Log logger = LogFactory.getLog(ConsulReachability.class);

	private final AtomicBoolean away = new AtomicBoolean();

	private final ConsulAddress address;

	/**
	 * Creates the state: reachable until proved otherwise.
	 * @param address the agent
	 */
	public ConsulReachability(ConsulAddress address) {
		this.address = address;
	}

	/**
	 * Whether the last answer failed to come.
	 * @return whether the agent is away
	 */
	public boolean isAway() {
		return this.away.get();
	}

	void answered() {
		if (this.away.get() && this.away.compareAndSet(true, false)) {
			logger.info("consul=reachable address=" + this.address);
		}
	}

	void failed(ConsulException error) {
		if (this.away.compareAndSet(false, true)) {
			logger.warn("consul=unreachable address=" + this.address + " effect=\"instance lists are kept, tried again "
					+ "until it answers\" error=\"" + error.getMessage() + "\"");
		}
	}

}
