// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.rule.PolicyContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CPU load. Says once when it is unknown for a while: nothing is dropped then, which
 * somebody may count on.
 */
final class KnownCpu {

	/** 5 s. */
	static final long PATIENCE_NANOS = 5_000_000_000L;

	private static final Logger logger = LoggerFactory.getLogger(KnownCpu.class);

	private final PolicyContext context;

	private final AtomicBoolean said = new AtomicBoolean();

	private volatile boolean unknown;

	private volatile long unknownSince;

	KnownCpu(PolicyContext context) {
		this.context = context;
	}

	/**
	 * The load now.
	 * @return 0 to 1; {@link Double#NaN} when unknown
	 */
	double load() {
		double load = this.context.cpu().load();
		if (Double.isNaN(load)) {
			complain();
		}
		else if (this.unknown) {
			this.unknown = false;
		}
		return load;
	}

	/**
	 * The load now, by somebody who does not ask for the sake of a call.
	 */
	double glance() {
		return this.context.cpu().load();
	}

	private void complain() {
		if (this.said.get()) {
			return;
		}
		long now = this.context.time().nanoTime();
		if (!this.unknown) {
			this.unknownSince = now;
			this.unknown = true;
		}
		else if (now - this.unknownSince >= PATIENCE_NANOS && this.said.compareAndSet(false, true)) {
			logger.warn("rule={} cpu=unknown effect=\"no call is dropped\"", this.context.rule());
		}
	}

}
