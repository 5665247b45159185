// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.governance.context.Attempts;
import io.governance.engine.CallSelection;
import io.governance.engine.ServiceSelection;
import io.governance.engine.ServiceSelection.Selected;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.selection.BalancingPolicy;
import io.governance.selection.Copy;
import io.governance.selection.Destination;
import io.governance.selection.Destination.HeaderChanges;
import io.governance.selection.EjectionPolicy;
import io.governance.selection.Host;
import io.governance.selection.Locality;
import io.governance.selection.Picker;
import io.governance.selection.SelectionPolicy;
import io.governance.selection.cluster.Cluster;
import io.governance.selection.cluster.ClusterRules;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the instances of one called service as the rules say. Calls read
 * snapshots. What makes new ones runs on the thread that brings new instances or rules,
 * or on the timer's; the lock is for those, and never taken by calls.
 */
final class ServiceCluster {

	private static final long TRY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final String service;

	private final SelectionSettings settings;

	private final TimeSource time;

	private final long avoidNanos;

	private final RefreshTimer timer;

	private final Cluster cluster;

	private final ClusterChanges changes;

	private final Object lock = new Object();

	private volatile ServiceSelection rules;

	private volatile Map<Destination, ServiceStatus.Routed> routed = Map.of();

	private boolean closed;

	ServiceCluster(String service, SelectionSettings settings, Supplier<Locality> locality, TimeSource time,
			ScheduledExecutorService scheduler, long avoidNanos) {
		this.service = service;
		this.settings = settings;
		this.time = time;
		this.avoidNanos = avoidNanos;
		this.timer = new RefreshTimer(scheduler, this::refreshNow);
		this.cluster = new Cluster(service, settings.lanes(), locality, time, this.timer::want);
		this.changes = new ClusterChanges(service, this.cluster);
		this.rules = settings.engine().selectionOf(service);
	}

	/**
	 * Puts the rules in force that the engine has now.
	 */
	void applyRules() {
		synchronized (this.lock) {
			if (!this.closed) {
				ServiceSelection next = this.settings.engine().selectionOf(this.service);
				this.rules = next;
				this.routed = routed(next.destinations());
				apply(next);
				refresh();
			}
		}
	}

	/**
	 * What looks the same is counted together.
	 */
	private Map<Destination, ServiceStatus.Routed> routed(List<Destination> destinations) {
		Map<String, ServiceStatus.Routed> known = new HashMap<>();
		this.routed.forEach((destination, counted) -> known.put(destination.toString(), counted));
		Map<Destination, ServiceStatus.Routed> next = new HashMap<>();
		for (Destination destination : destinations) {
			next.put(destination, known.computeIfAbsent(destination.toString(),
					(name) -> ServiceStatus.Routed.of(this.service, destination)));
		}
		return next;
	}

	Set<ServiceStatus.Routed> routed() {
		return Set.copyOf(this.routed.values());
	}

	private void apply(ServiceSelection next) {
		EjectionPolicy ejection = next.ejections()
			.stream()
			.filter((selected) -> selected.enforcement() == Enforcement.ENFORCED)
			.map(Selected::policy)
			.findFirst()
			.orElse(null);
		List<EjectionPolicy> shadows = next.ejections()
			.stream()
			.filter((selected) -> selected.enforcement() == Enforcement.SHADOW)
			.map(Selected::policy)
			.toList();
		Selected<BalancingPolicy> balancing = next.balancing();
		this.cluster.apply(new ClusterRules((balancing != null) ? balancing.policy() : null, ejection, shadows,
				next.destinations(), (policy, error) -> failed(next, policy, error)));
	}

	private static void failed(ServiceSelection rules, SelectionPolicy policy, RuntimeException error) {
		Stream.concat(Stream.ofNullable(rules.balancing()), rules.ejections().stream())
			.filter((selected) -> selected.policy() == policy)
			.forEach((selected) -> rules.failed(selected.rule(), error));
	}

	/**
	 * Whether the rules want to know where the other callers are.
	 */
	boolean dependsOnCallers() {
		Selected<BalancingPolicy> balancing = this.rules.balancing();
		return balancing != null && balancing.policy().dependsOnCallers();
	}

	void replace(List<Endpoint> endpoints) {
		synchronized (this.lock) {
			if (!this.closed) {
				this.cluster.replace(List.copyOf(endpoints));
				refresh();
			}
		}
	}

	/**
	 * Chooses an instance, where the attempt begins.
	 * @throws CallRejectedException if there is none that may take the call
	 */
	SelectedInstance select(Call call, @Nullable Attempts attempts) {
		CallSelection before = (attempts != null) ? attempts.selection() : null;
		CallSelection decided = (before != null) ? before : decide(call, attempts);
		// each is sent once, with the first attempt
		List<Copy> copies = (before != null) ? List.of() : decided.copies();
		Destination destination = decided.destination();
		long begin = this.time.nanoTime();
		ServiceSelection current = this.rules;
		Endpoint endpoint = pick(current, call, destination, attempts, begin);
		if (endpoint == null) {
			copies.forEach(Copy::release);
			throw noInstance(destination);
		}
		if (attempts != null) {
			attempts.add(endpoint.id());
		}
		current.countPick();
		count(destination);
		endpoint.beginAttempt();
		HeaderChanges headers = (destination != null) ? destination.headers() : HeaderChanges.NONE;
		return new SelectedInstance(endpoint.instance(), headers, endpoint, attempts, this.time, begin)
			.carrying(copies);
	}

	/**
	 * A rule is not to blame where the service has no instance at all.
	 */
	private CallRejectedException noInstance(@Nullable Destination destination) {
		String rule = (destination != null && !this.cluster.hosts().isEmpty()) ? destination.rule() : null;
		return new CallRejectedException(this.service, new Rejection(Reason.NO_INSTANCE, rule, 0));
	}

	private void count(@Nullable Destination destination) {
		ServiceStatus.Routed counted = (destination != null) ? this.routed.get(destination) : null;
		if (counted != null) {
			counted.attempts().increment();
		}
	}

	/**
	 * Decided at the first attempt, and kept: a retry goes where the call was sent.
	 */
	private CallSelection decide(Call call, @Nullable Attempts attempts) {
		CallSelection decided = this.settings.engine().select(call);
		if (attempts != null) {
			attempts.decided(decided);
		}
		return decided;
	}

	/**
	 * Chooses an instance for a copy. It is no attempt, and nobody hears what becomes of
	 * it; but the algorithm has chosen, and its turns go on.
	 * @throws CallRejectedException if there is none that may take the copy
	 */
	Instance selectCopy(Copy copy, Call call) {
		Endpoint endpoint = pick(this.rules, call, copy.destination(), null, this.time.nanoTime());
		if (endpoint == null) {
			throw noInstance(copy.destination());
		}
		return endpoint.instance();
	}

	private @Nullable Endpoint pick(ServiceSelection current, Call call, @Nullable Destination destination,
			@Nullable Attempts attempts, long nowNanos) {
		String lane = this.cluster.hasLanes() ? call.label(this.settings.laneLabel()) : null;
		Picker.Tried tried = (attempts != null) ? attempts : Picker.Tried.NOTHING;
		Selected<BalancingPolicy> balancing = current.balancing();
		try {
			String key = (balancing != null) ? balancing.policy().keyOf(call) : null;
			return (Endpoint) this.cluster.pick(destination, lane, key, tried, nowNanos);
		}
		catch (RuntimeException ex) {
			if (balancing != null) {
				current.failed(balancing.rule(), ex);
			}
			return (Endpoint) this.cluster.pickAny(destination, lane, tried, nowNanos);
		}
	}

	void answered(Endpoint endpoint, Outcome outcome, long nowNanos) {
		this.cluster.answered(endpoint, outcome, nowNanos);
	}

	/**
	 * An instance that takes no connections is left alone at once, long before it is an
	 * outlier.
	 */
	void ended(Endpoint endpoint, Outcome outcome) {
		if (outcome.kind() == Outcome.Kind.CONNECT_FAILURE && this.avoidNanos > 0) {
			endpoint.refused(this.time.nanoTime());
			this.cluster.avoid(endpoint, this.avoidNanos);
		}
		this.cluster.report(endpoint, outcome);
	}

	ServiceStatus.Selection status() {
		return new ServiceStatus.Selection(this.cluster.avoided().size(),
				this.cluster.ejected().stream().map(Host::id).toList(), this.cluster.isInPanic(),
				this.cluster.emptyDestinations().stream().map(Destination::toString).toList());
	}

	private void refreshNow() {
		synchronized (this.lock) {
			if (!this.closed) {
				refresh();
			}
		}
	}

	private void refresh() {
		this.timer.begins();
		long next = TRY_AGAIN_NANOS;
		try {
			next = this.cluster.refresh();
			this.changes.say();
		}
		finally {
			this.timer.next(next);
		}
	}

	void close() {
		synchronized (this.lock) {
			this.closed = true;
			this.timer.close();
			this.cluster.close();
		}
	}

}
