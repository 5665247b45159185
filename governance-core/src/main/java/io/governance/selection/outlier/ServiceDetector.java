// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.governance.policy.Outcome;
import io.governance.rule.PolicyContext;
import io.governance.selection.Host;
import io.governance.selection.OutlierDetector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts while calls run, ejects when swept: so the bound on ejections is checked by one
 * thread, and no call walks the hosts. The worst are ejected first.
 */
final class ServiceDetector implements OutlierDetector {

	private static final Logger logger = LoggerFactory.getLogger(ServiceDetector.class);

	private final String service;

	private final OutlierDetectionRule rule;

	private final Verdicts verdicts;

	private final PolicyContext context;

	private final Consumer<ServiceDetector> onClose;

	private final long intervalNanos;

	private final long baseNanos;

	private final long maxNanos;

	private final long slowNanos;

	private final AtomicBoolean sweepAsked = new AtomicBoolean();

	/** Never changed once it is here. */
	private volatile Map<Host, HostRecord> records;

	private volatile int ejected;

	private long intervalStart;

	ServiceDetector(String service, OutlierDetectionRule rule, PolicyContext context, Map<Host, HostRecord> before,
			Consumer<ServiceDetector> onClose) {
		this.service = service;
		this.rule = rule;
		this.verdicts = new Verdicts(rule.errors());
		this.context = context;
		this.onClose = onClose;
		this.intervalNanos = rule.interval().toNanos();
		this.baseNanos = rule.baseEjectionTime().toNanos();
		this.maxNanos = rule.maxEjectionTime().toNanos();
		this.slowNanos = (rule.slowCall() != null) ? rule.slowCall().toNanos() : Long.MAX_VALUE;
		this.intervalStart = context.time().nanoTime();
		Map<Host, HostRecord> inherited = new IdentityHashMap<>();
		before.forEach((host, record) -> inherited.put(host, new HostRecord(record)));
		this.records = inherited;
		show();
	}

	Map<Host, HostRecord> records() {
		return this.records;
	}

	@Override
	public void track(List<Host> hosts) {
		long now = this.context.time().nanoTime();
		Map<Host, HostRecord> tracked = new IdentityHashMap<>(hosts.size());
		for (Host host : hosts) {
			HostRecord known = this.records.get(host);
			tracked.put(host, (known != null) ? known : new HostRecord(host, now));
		}
		this.records = tracked;
		show();
	}

	@Override
	public boolean report(Host host, Outcome outcome) {
		HostRecord record = this.records.get(host);
		if (record == null || record.isEjected()) {
			return false;
		}
		boolean completed = record.count(this.verdicts.of(outcome), outcome.nanos() >= this.slowNanos,
				this.rule.consecutiveErrors());
		return completed && this.sweepAsked.compareAndSet(false, true);
	}

	@Override
	public boolean sweep() {
		this.sweepAsked.set(false);
		long now = this.context.time().nanoTime();
		boolean ended = now - this.intervalStart >= this.intervalNanos;
		boolean changed = letBack(now);
		List<Suspect> suspects = new ArrayList<>();
		for (HostRecord record : this.records.values()) {
			changed |= judge(record, ended, suspects);
			if (ended) {
				record.forgive(now, this.intervalNanos);
			}
		}
		suspects.sort(Comparator.comparingDouble(Suspect::severity).reversed());
		for (Suspect suspect : suspects) {
			changed |= eject(suspect, now);
		}
		this.intervalStart = ended ? now : this.intervalStart;
		return changed;
	}

	/**
	 * Adds a host that should be ejected, and finds out whether one that was found bad is
	 * healed.
	 * @return whether it is
	 */
	private boolean judge(HostRecord record, boolean ended, List<Suspect> suspects) {
		boolean due = record.takeDue();
		// what was before a row of errors does not show that it is healed
		HostRecord.Counts counts = (ended || due) ? record.takeCounts() : HostRecord.Counts.NONE;
		if (record.isEjected()) {
			return false;
		}
		Suspect suspect = due ? new Suspect(record, "consecutive-errors", Double.MAX_VALUE) : suspect(record, counts);
		if (suspect != null) {
			suspects.add(suspect);
			return false;
		}
		return isGood(counts) && record.suspect(false);
	}

	private boolean isGood(HostRecord.Counts counts) {
		int errors = (this.rule.errorShare() > 0) ? this.rule.errorShare() : 100;
		return counts.requests() > 0 && counts.errorPercent() < errors
				&& (counts.slow() == 0 || counts.slowPercent() < this.rule.slowShare());
	}

	private boolean letBack(long now) {
		boolean changed = false;
		for (HostRecord record : this.records.values()) {
			if (record.isEjected() && record.nanosToReturn(now, this.baseNanos, this.maxNanos) <= 0) {
				record.letBack(now);
				this.context.events().apply(OutlierDetectionRuleType.RETURNED).increment();
				changed = true;
				show();
				logger.info("instance returns: rule={} service={} instance={} ejected={}", this.context.rule(),
						this.service, record.host().id(), state());
			}
		}
		return changed;
	}

	private @Nullable Suspect suspect(HostRecord record, HostRecord.Counts counts) {
		if (counts.requests() < this.rule.minimumRequests()) {
			return null;
		}
		if (this.rule.errorShare() > 0 && counts.errorPercent() >= this.rule.errorShare()) {
			return new Suspect(record, "error-share", 100 + counts.errorPercent());
		}
		return (counts.slow() > 0 && counts.slowPercent() >= this.rule.slowShare())
				? new Suspect(record, "slow-share", counts.slowPercent()) : null;
	}

	private boolean eject(Suspect suspect, long now) {
		boolean found = suspect.record().suspect(true);
		int hosts = this.records.size();
		boolean first = this.ejected == 0 && hosts >= 2;
		if (!first && 100L * (this.ejected + 1) > (long) this.rule.maxEjected() * hosts) {
			this.context.events().apply(OutlierDetectionRuleType.OVERFLOW).increment();
			return found;
		}
		long nanos = suspect.record().eject(now, this.baseNanos, this.maxNanos);
		this.context.events().apply(OutlierDetectionRuleType.EJECTED).increment();
		show();
		logger.warn("instance ejected: rule={} service={} instance={} reason={} for={}ms ejected={}",
				this.context.rule(), this.service, suspect.record().host().id(), suspect.reason(), nanos / 1_000_000,
				state());
		return true;
	}

	private void show() {
		this.ejected = (int) this.records.values().stream().filter(HostRecord::isEjected).count();
		this.context.states().show(this.service, (this.ejected > 0) ? "ejecting" : "clear");
	}

	int ejected() {
		return this.ejected;
	}

	String state() {
		return this.ejected + "/" + this.records.size();
	}

	@Override
	public long nanosToSweep() {
		long now = this.context.time().nanoTime();
		long next = this.intervalNanos - (now - this.intervalStart);
		for (HostRecord record : this.records.values()) {
			if (record.isEjected()) {
				next = Math.min(next, record.nanosToReturn(now, this.baseNanos, this.maxNanos));
			}
		}
		return Math.max(1, next);
	}

	@Override
	public boolean isEjected(Host host) {
		HostRecord record = this.records.get(host);
		return record != null && record.isEjected();
	}

	@Override
	public boolean isSuspect(Host host) {
		HostRecord record = this.records.get(host);
		return record != null && record.isSuspect();
	}

	@Override
	public int panicThreshold() {
		return this.rule.panicThreshold();
	}

	@Override
	public void close() {
		this.context.states().forget(this.service);
		this.onClose.accept(this);
	}

	/**
	 * A host that should be ejected.
	 *
	 * @param record the host
	 * @param reason why
	 * @param severity how bad it is
	 */
	private record Suspect(HostRecord record, String reason, double severity) {
	}

}
