// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.governance.policy.Outcome;
import io.governance.selection.Destination;
import io.governance.selection.EjectionPolicy;
import io.governance.selection.Host;
import io.governance.selection.Locality;
import io.governance.selection.OutlierDetector;
import io.governance.selection.Picker.Tried;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one called service. Calls read one snapshot and never wait; changes of
 * instances and rules, and refreshes, exclude one another and make a new snapshot.
 */
public final class Cluster {

	private static final long AGING_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final String service;

	private final Lanes lanes;

	private final Supplier<Locality> locality;

	private final TimeSource time;

	private final Runnable refreshWanted;

	private final Object lock = new Object();

	private volatile ClusterView view;

	/** The first one acts, if there is an enforced policy. */
	private volatile Watch[] watches = new Watch[0];

	/** Hosts to leave alone for a while, by id. */
	private final Map<String, Avoided> avoided = new ConcurrentHashMap<>();

	/** Counts their changes, which the view leaves out a moment later. */
	private final AtomicInteger avoidances = new AtomicInteger();

	private volatile int avoidancesInView;

	private ClusterRules rules = ClusterRules.NONE;

	/**
	 * Creates a cluster without instances.
	 * @param service the called service
	 * @param lanes where the lanes of instances stand
	 * @param locality where this process is
	 * @param time the clock
	 * @param refreshWanted asks for a {@link #refresh()} soon, on another thread than the
	 * caller's
	 */
	public Cluster(String service, Lanes lanes, Supplier<Locality> locality, TimeSource time, Runnable refreshWanted) {
		this.service = service;
		this.lanes = lanes;
		this.locality = locality;
		this.time = time;
		this.refreshWanted = refreshWanted;
		this.view = new ClusterView(List.of(), new ClusterView.LeftOut(null, Set.of()), settings(), null);
	}

	private ClusterView.Settings settings() {
		return new ClusterView.Settings(this.rules, this.lanes, this.locality.get(), this.time.epochMillis());
	}

	/**
	 * Puts rules in force. Policies that are the same objects as before run on.
	 * @param next the rules
	 */
	public void apply(ClusterRules next) {
		synchronized (this.lock) {
			this.rules = next;
			List<Watch> kept = new ArrayList<>(List.of(this.watches));
			List<Watch> made = new ArrayList<>();
			OutlierDetector acted = (!kept.isEmpty() && kept.get(0).acts()) ? kept.get(0).detector() : null;
			if (next.ejection() != null) {
				watch(next.ejection(), acted, kept).ifPresent(made::add);
			}
			next.shadows().forEach((policy) -> watch(policy, null, kept).ifPresent(made::add));
			this.watches = made.toArray(Watch[]::new);
			kept.forEach(Watch::close);
			publish(this.view.hosts());
		}
	}

	private Optional<Watch> watch(EjectionPolicy policy, @Nullable OutlierDetector acted, List<Watch> kept) {
		boolean acts = policy == this.rules.ejection();
		for (Watch watch : kept) {
			if (watch.policy() == policy) {
				kept.remove(watch);
				return Optional.of(new Watch(policy, watch.detector(), acts, this.rules.failed()));
			}
		}
		try {
			Watch made = new Watch(policy, policy.newDetector(this.service, acted), acts, this.rules.failed());
			made.track(this.view.hosts());
			return Optional.of(made);
		}
		catch (RuntimeException ex) {
			this.rules.failed().accept(policy, ex);
			return Optional.empty();
		}
	}

	/**
	 * Puts other instances in the place of those there are. An instance that stays must
	 * be the same object.
	 * @param hosts the instances, in a fixed order
	 */
	public void replace(List<Host> hosts) {
		synchronized (this.lock) {
			for (Watch watch : this.watches) {
				watch.track(hosts);
			}
			Set<Host> present = new HashSet<>(hosts);
			this.avoided.values().removeIf((avoided) -> !present.contains(avoided.host()));
			publish(List.copyOf(hosts));
		}
	}

	/**
	 * Ejects, lets back, and weighs anew, where that is due.
	 * @return how long until the next refresh is due, in nanoseconds;
	 * {@link Long#MAX_VALUE} for never
	 */
	public long refresh() {
		synchronized (this.lock) {
			long now = this.time.nanoTime();
			boolean changed = this.avoided.values().removeIf((avoided) -> avoided.untilNanos() - now <= 0)
					|| this.avoidances.get() != this.avoidancesInView || this.view.changesWithTime();
			long next = Long.MAX_VALUE;
			for (Avoided host : this.avoided.values()) {
				next = Math.min(next, host.untilNanos() - now);
			}
			for (Watch watch : this.watches) {
				changed |= watch.sweep() && watch.acts();
				next = Math.min(next, watch.nanosToSweep());
			}
			if (changed) {
				publish(this.view.hosts());
			}
			return this.view.changesWithTime() ? Math.min(next, AGING_NANOS) : next;
		}
	}

	private void publish(List<Host> hosts) {
		Watch acting = (this.watches.length > 0 && this.watches[0].acts()) ? this.watches[0] : null;
		int counted = this.avoidances.get();
		Set<Host> left = this.avoided.values().stream().map(Avoided::host).collect(Collectors.toSet());
		this.view = new ClusterView(hosts, new ClusterView.LeftOut(acting, left), settings(), this.view);
		this.avoidancesInView = counted;
	}

	/**
	 * Chooses the instance for an attempt.
	 * @param destination where the call goes; {@code null} for anywhere
	 * @param lane the call's lane; {@code null} for none
	 * @param key what keeps calls together; {@code null} for nothing
	 * @param tried what was already tried for the call
	 * @param nowNanos the time on the monotonic clock
	 * @return the instance; {@code null} where there is none that may take the call
	 */
	public @Nullable Host pick(@Nullable Destination destination, @Nullable String lane, @Nullable String key,
			Tried tried, long nowNanos) {
		Tried left = tried;
		if (this.avoidances.get() != this.avoidancesInView) {
			left = (id) -> this.avoided.containsKey(id) || tried.contains(id);
		}
		return this.view.picker(destination, lane).pick(key, left, nowNanos);
	}

	/**
	 * Chooses an instance by chance, for where a policy failed.
	 * @param destination where the call goes; {@code null} for anywhere
	 * @param lane the call's lane; {@code null} for none
	 * @param tried what was already tried for the call
	 * @param nowNanos the time on the monotonic clock
	 * @return the instance; {@code null} where there is none that may take the call
	 */
	public @Nullable Host pickAny(@Nullable Destination destination, @Nullable String lane, Tried tried,
			long nowNanos) {
		return new TurnPicker(this.view.usable(destination, lane), (int) nowNanos).pick(null, tried, nowNanos);
	}

	/**
	 * Whether hosts are in lanes, so that the lane of a call matters.
	 * @return whether any is
	 */
	public boolean hasLanes() {
		return this.view.hasLanes();
	}

	/**
	 * Leaves a host alone for a while, from now on, as long as there are others: no
	 * connection can be made to it. Unlike an ejection this counts for nothing else. Does
	 * nothing for a host that is gone.
	 * @param host the host
	 * @param nanos how long, in nanoseconds
	 */
	public void avoid(Host host, long nanos) {
		if (!this.view.hosts().contains(host)) {
			return;
		}
		Avoided before = this.avoided.put(host.id(), new Avoided(host, this.time.nanoTime() + nanos));
		boolean isNew = before == null || before.host() != host;
		if (isNew) {
			this.avoidances.incrementAndGet();
			this.refreshWanted.run();
		}
	}

	/**
	 * Notes that an attempt begins. Must be followed by exactly one {@link #end}.
	 * @param host the instance
	 */
	public void begin(Host host) {
		host.begin();
	}

	/**
	 * Notes how an attempt ended, also when the caller gave it up.
	 * @param host the instance
	 * @param outcome the ending
	 */
	public void end(Host host, Outcome outcome) {
		answered(host, outcome, this.time.nanoTime());
		report(host, outcome);
	}

	/**
	 * Notes that an attempt is no longer under way, as its response has begun. Must be
	 * followed by a {@link #report}.
	 * @param host the instance
	 * @param outcome what is known of the ending
	 * @param nowNanos the time on the monotonic clock
	 */
	public void answered(Host host, Outcome outcome, long nowNanos) {
		host.end(outcome, nowNanos);
	}

	/**
	 * Notes how an attempt ended that is no longer under way.
	 * @param host the instance
	 * @param outcome the ending
	 */
	public void report(Host host, Outcome outcome) {
		boolean due = false;
		for (Watch watch : this.watches) {
			due |= watch.report(host, outcome);
		}
		if (due) {
			this.refreshWanted.run();
		}
	}

	/**
	 * The instances.
	 * @return the instances, those that are left out included
	 */
	public List<Host> hosts() {
		return this.view.hosts();
	}

	/**
	 * The instances that are left out.
	 * @return the ejected ones; also listed in panic, where all are used
	 */
	public List<Host> ejected() {
		return this.view.ejected();
	}

	/**
	 * The instances that are left alone for a while.
	 * @return those that {@link #avoid} named
	 */
	public List<Host> avoided() {
		long now = this.time.nanoTime();
		return this.avoided.values()
			.stream()
			.filter((avoided) -> avoided.untilNanos() - now > 0)
			.map(Avoided::host)
			.toList();
	}

	/**
	 * Whether so many instances are ejected that all are used, or those that are left
	 * were found bad too. A part of them, such as a subset, may be in panic by itself.
	 * @return whether the whole service is in panic
	 */
	public boolean isInPanic() {
		return this.view.isInPanic();
	}

	/**
	 * The destinations that have no instance.
	 * @return those of the rules in force; none while there are no instances at all
	 */
	public List<Destination> emptyDestinations() {
		return this.view.emptyDestinations();
	}

	/**
	 * Says that the service is no longer called.
	 */
	public void close() {
		synchronized (this.lock) {
			for (Watch watch : this.watches) {
				watch.close();
			}
			this.watches = new Watch[0];
		}
	}

	/**
	 * A host that is left alone.
	 *
	 * @param host the host
	 * @param untilNanos until when
	 */
	private record Avoided(Host host, long untilNanos) {
	}

}
