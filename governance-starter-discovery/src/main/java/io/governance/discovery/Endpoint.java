// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.policy.Outcome;
import io.governance.selection.Host;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An instance with this process's own experience of it. Carried from view to view as long
 * as the instance stays the same. Weight, zone and start time are what its metadata says.
 * Thread-safe.
 */
final class Endpoint extends Host implements SelectedInstance.Account {

	static final String ZONE = "zone";

	private static final Log logger = LogFactory.getLog(Endpoint.class);

	private static final int MAX_WEIGHT = 10_000;

	private static final int LONGEST_TIME = 15;

	private final Instance instance;

	private final Runnable attemptCounter;

	private final ServiceCluster cluster;

	private volatile long refusedNanos;

	private final AtomicBoolean unreachable = new AtomicBoolean();

	Endpoint(Instance instance, Runnable attemptCounter, ServiceCluster cluster) {
		super(new Host.Identity(instance.id(), zone(instance), instance.metadata()), weight(instance),
				startMillis(instance));
		this.instance = instance;
		this.attemptCounter = attemptCounter;
		this.cluster = cluster;
	}

	static @Nullable String zone(Instance instance) {
		String zone = instance.metadata().get(ZONE);
		return (zone == null || zone.isBlank()) ? null : zone;
	}

	/**
	 * One where nothing sensible is said: a typing error of one instance must not take it
	 * out.
	 */
	private static int weight(Instance instance) {
		long weight = number(instance.metadata().get("weight"));
		return (weight < 0) ? 1 : (int) Math.min(weight, MAX_WEIGHT);
	}

	private static long startMillis(Instance instance) {
		return Math.max(0, number(instance.metadata().get("start-time")));
	}

	private static long number(@Nullable String text) {
		boolean number = text != null && !text.isEmpty() && text.length() <= LONGEST_TIME
				&& text.chars().allMatch((character) -> character >= '0' && character <= '9');
		return (text != null && number) ? Long.parseLong(text) : -1;
	}

	Instance instance() {
		return this.instance;
	}

	/**
	 * An attempt begins; it must be answered and ended.
	 */
	void beginAttempt() {
		begin();
		this.attemptCounter.run();
	}

	@Override
	public void answered(Outcome outcome, long nowNanos) {
		this.cluster.answered(this, outcome, nowNanos);
	}

	@Override
	public void ended(Outcome outcome) {
		this.cluster.ended(this, outcome);
	}

	/**
	 * No connection could be made; said once.
	 */
	void refused(long nowNanos) {
		this.refusedNanos = nowNanos;
		if (this.unreachable.compareAndSet(false, true)) {
			logger.warn("service=" + this.instance.service() + " instance=" + this.instance.id() + " address="
					+ this.instance.address() + " state=AVOIDED reason=\"no connection can be made\"");
		}
	}

	/**
	 * Says once that connections were not refused for a while, though it is called again.
	 */
	void sayBack(long nowNanos, long calmNanos) {
		if (this.unreachable.get() && nowNanos - this.refusedNanos >= calmNanos
				&& this.unreachable.compareAndSet(true, false)) {
			logger.info("service=" + this.instance.service() + " instance=" + this.instance.id() + " state=BACK");
		}
	}

}
