// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.governance.selection.BalancingPolicy;
import io.governance.selection.Candidates;
import io.governance.selection.Destination;
import io.governance.selection.Destination.OnEmpty;
import io.governance.selection.Destination.Subset;
import io.governance.selection.Host;
import io.governance.selection.Locality;
import io.governance.selection.OutlierDetector;
import io.governance.selection.Picker;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot: the instances, and a picker for each destination and lane that calls
 * asked for. The pickers that were used in the last snapshot are made with this one;
 * others by the first call that needs them. So there are as many as destinations of rules
 * times lanes of instances.
 */
final class ClusterView {

	/** Where no rule says where a call goes. */
	private static final Destination ANYWHERE = new Destination("", Subset.ALL, Destination.HeaderChanges.NONE, () -> {
		// nothing is missing
	});

	/** More than rules have; what is over is made for each call. */
	private static final int MAX_PICKERS = 1_000;

	private static final String BASE = "";

	private final List<Host> hosts;

	private final Set<Host> ejected;

	private final int panicThreshold;

	private final Settings settings;

	private final Set<String> lanes;

	private final @Nullable BalancingPolicy balancingBefore;

	private final Map<Destination, Map<String, Choice>> choices = new ConcurrentHashMap<>();

	private volatile boolean changesWithTime;

	ClusterView(List<Host> hosts, @Nullable OutlierDetector acting, Settings settings, @Nullable ClusterView before) {
		this.hosts = List.copyOf(hosts);
		this.ejected = (acting != null) ? this.hosts.stream().filter(acting::isEjected).collect(Collectors.toSet())
				: Set.of();
		this.panicThreshold = (acting != null) ? acting.panicThreshold() : 0;
		this.settings = settings;
		this.lanes = settings.lanes().in(this.hosts);
		this.balancingBefore = (before != null) ? before.settings.balancing() : null;
		choice(ANYWHERE, BASE, before);
		if (before != null) {
			before.choices.forEach((destination, byLane) -> byLane.forEach((lane, choice) -> {
				if (choice.used && (lane.equals(BASE) || this.lanes.contains(lane))) {
					choice(destination, lane, before);
				}
			}));
		}
	}

	List<Host> hosts() {
		return this.hosts;
	}

	List<Host> ejected() {
		return this.hosts.stream().filter(this.ejected::contains).toList();
	}

	boolean changesWithTime() {
		return this.changesWithTime;
	}

	Picker picker(@Nullable Destination wanted, @Nullable String wantedLane) {
		Destination destination = (wanted != null) ? wanted : ANYWHERE;
		String lane = (wantedLane != null && this.lanes.contains(wantedLane)) ? wantedLane : BASE;
		Map<String, Choice> byLane = this.choices.get(destination);
		Choice found = (byLane != null) ? byLane.get(lane) : null;
		Choice choice = (found != null) ? found : choice(destination, lane, null);
		return choice.use(destination);
	}

	private Choice choice(Destination destination, String lane, @Nullable ClusterView before) {
		Map<String, Choice> byLaneBefore = (before != null) ? before.choices.get(destination) : null;
		Choice choiceBefore = (byLaneBefore != null) ? byLaneBefore.get(lane) : null;
		Choice made = make(destination.subset(), lane,
				(choiceBefore != null && this.balancingBefore == this.settings.balancing()) ? choiceBefore.picker
						: null);
		if (this.choices.size() < MAX_PICKERS) {
			this.choices.computeIfAbsent(destination, (key) -> new ConcurrentHashMap<>()).putIfAbsent(lane, made);
		}
		return made;
	}

	private Choice make(Subset subset, String lane, @Nullable Picker before) {
		List<Host> selected = filter(subset.selected());
		boolean empty = selected.isEmpty() && !this.hosts.isEmpty();
		if (selected.isEmpty()) {
			selected = instead(subset);
		}
		List<Host> all = this.settings.lanes().of(selected, lane.isEmpty() ? null : lane);
		List<Host> usable = all.stream().filter((host) -> !this.ejected.contains(host)).toList();
		boolean panic = 100L * usable.size() < (long) this.panicThreshold * all.size();
		Candidates candidates = new Candidates(panic ? all : usable, all, panic, this.settings.locality(),
				this.settings.nowMillis());
		BalancingPolicy balancing = this.settings.balancing();
		if (balancing == null) {
			return new Choice(new TurnPicker(candidates.usable()), empty);
		}
		if (balancing.changesWithTime(candidates)) {
			this.changesWithTime = true;
		}
		return new Choice(balancing.newPicker(candidates, before), empty);
	}

	private List<Host> instead(Subset subset) {
		if (subset.onEmpty() == OnEmpty.ANY) {
			return this.hosts;
		}
		Predicate<Host> fallback = (subset.onEmpty() == OnEmpty.DEFAULT) ? subset.fallback() : null;
		return (fallback != null) ? filter(fallback) : List.of();
	}

	private List<Host> filter(Predicate<Host> predicate) {
		return this.hosts.stream().filter(predicate).toList();
	}

	/**
	 * What pickers are made with.
	 *
	 * @param balancing the policy; {@code null} for none
	 * @param lanes where the lanes of instances stand
	 * @param locality where this process is
	 * @param nowMillis the time
	 */
	record Settings(@Nullable BalancingPolicy balancing, Lanes lanes, Locality locality, long nowMillis) {
	}

	/**
	 * A picker for calls to a destination in a lane.
	 */
	private static final class Choice {

		private final Picker picker;

		/** Whether the destination has no instance, so that others were taken. */
		private final boolean empty;

		/** Written only where it changes: calls share this field. */
		private volatile boolean used;

		Choice(Picker picker, boolean empty) {
			this.picker = picker;
			this.empty = empty;
		}

		Picker use(Destination destination) {
			if (!this.used) {
				this.used = true;
			}
			if (this.empty) {
				destination.countEmpty();
			}
			return this.picker;
		}

	}

}
