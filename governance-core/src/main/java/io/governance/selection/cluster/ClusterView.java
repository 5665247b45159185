// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
 * One snapshot: the instances, and pickers for destinations and lanes. Made with it are
 * those of the rules' destinations, of each lane, and what else was used in the last
 * snapshot: destinations within a lane, and those of mirrors. What is left is made by the
 * first call that needs it. So there are as many as destinations times lanes, at most.
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

	/** Those that were found bad, ejected or not. */
	private final Set<Host> suspects;

	private final Set<Host> avoided;

	private final int panicThreshold;

	private final Settings settings;

	private final Set<String> lanes;

	private final @Nullable BalancingPolicy balancingBefore;

	private final Map<Destination, Map<String, Choice>> choices = new ConcurrentHashMap<>();

	private final boolean changesWithTime;

	ClusterView(List<Host> hosts, LeftOut out, Settings settings, @Nullable ClusterView before) {
		OutlierDetector acting = out.acting();
		this.avoided = out.avoided();
		this.hosts = List.copyOf(hosts);
		this.ejected = (acting != null) ? among(acting::isEjected) : Set.of();
		this.suspects = (acting != null) ? among(acting::isSuspect) : Set.of();
		this.panicThreshold = (acting != null) ? acting.panicThreshold() : 0;
		this.settings = settings;
		this.lanes = settings.lanes().in(this.hosts);
		this.balancingBefore = (before != null) ? before.settings.rules().balancing() : null;
		Candidates all = candidates(this.hosts, this.hosts, false);
		this.changesWithTime = ask((balancing) -> balancing.changesWithTime(all), () -> false);
		prepare(before);
	}

	private Set<Host> among(Predicate<Host> predicate) {
		return this.hosts.stream().filter(predicate).collect(Collectors.toSet());
	}

	/**
	 * Where there is no policy, or it fails, it does without.
	 */
	private <T> T ask(Function<BalancingPolicy, T> question, Supplier<T> otherwise) {
		BalancingPolicy balancing = this.settings.rules().balancing();
		if (balancing != null) {
			try {
				return question.apply(balancing);
			}
			catch (RuntimeException ex) {
				this.settings.rules().failed().accept(balancing, ex);
			}
		}
		return otherwise.get();
	}

	private void prepare(@Nullable ClusterView before) {
		choice(ANYWHERE, BASE, before);
		this.lanes.forEach((lane) -> choice(ANYWHERE, lane, before));
		this.settings.rules().destinations().forEach((destination) -> choice(destination, BASE, before));
		if (before != null) {
			before.choices.forEach((destination, byLane) -> byLane.forEach((lane, choice) -> {
				if (choice.used && !isMade(destination, lane) && (lane.equals(BASE) || this.lanes.contains(lane))) {
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

	boolean hasLanes() {
		return !this.lanes.isEmpty();
	}

	boolean isInPanic() {
		return isInPanic(healthy(this.hosts), this.hosts);
	}

	List<Destination> emptyDestinations() {
		return this.hosts.isEmpty() ? List.of()
				: this.settings.rules()
					.destinations()
					.stream()
					.filter((destination) -> this.hosts.stream().noneMatch(destination.subset().selected()))
					.toList();
	}

	Picker picker(@Nullable Destination wanted, @Nullable String wantedLane) {
		Destination destination = (wanted != null) ? wanted : ANYWHERE;
		String lane = (wantedLane != null && this.lanes.contains(wantedLane)) ? wantedLane : BASE;
		Map<String, Choice> byLane = this.choices.get(destination);
		Choice found = (byLane != null) ? byLane.get(lane) : null;
		Choice choice = (found != null) ? found : choice(destination, lane, null);
		return choice.use(destination);
	}

	private boolean isMade(Destination destination, String lane) {
		return this.choices.getOrDefault(destination, Map.of()).containsKey(lane);
	}

	private Choice choice(Destination destination, String lane, @Nullable ClusterView before) {
		Map<String, Choice> byLaneBefore = (before != null) ? before.choices.get(destination) : null;
		Choice choiceBefore = (byLaneBefore != null) ? byLaneBefore.get(lane) : null;
		Choice made = make(destination.subset(), lane,
				(choiceBefore != null && this.balancingBefore == this.settings.rules().balancing())
						? choiceBefore.picker : null);
		if (this.choices.size() < MAX_PICKERS) {
			this.choices.computeIfAbsent(destination, (key) -> new ConcurrentHashMap<>()).putIfAbsent(lane, made);
		}
		return made;
	}

	private Choice make(Subset subset, String lane, @Nullable Picker before) {
		Candidates candidates = candidates(subset, lane);
		Picker running = (before instanceof TurnPicker) ? null : before;
		Picker made = ask((balancing) -> balancing.newPicker(candidates, running),
				() -> new TurnPicker(candidates.usable()));
		return new Choice(made, !this.hosts.isEmpty() && filter(subset.selected()).isEmpty());
	}

	/**
	 * The instances that a call may go to.
	 */
	List<Host> usable(@Nullable Destination wanted, @Nullable String lane) {
		return candidates((wanted != null) ? wanted.subset() : Subset.ALL, (lane != null) ? lane : BASE).usable();
	}

	private Candidates candidates(Subset subset, String lane) {
		List<Host> wanted = filter(subset.selected());
		List<Host> selected = wanted.isEmpty() ? instead(subset) : wanted;
		List<Host> all = this.settings.lanes().of(selected, lane.isEmpty() ? null : lane);
		List<Host> healthy = healthy(all);
		boolean panic = isInPanic(healthy, all);
		return candidates(reachable(panic ? all : healthy, all), all, panic);
	}

	/**
	 * Those that are not avoided. If all of them are, those of all; and if even they are,
	 * it cannot be helped.
	 */
	private List<Host> reachable(List<Host> wanted, List<Host> all) {
		if (this.avoided.isEmpty()) {
			return wanted;
		}
		for (List<Host> hosts : List.of(wanted, all)) {
			List<Host> reachable = hosts.stream().filter((host) -> !this.avoided.contains(host)).toList();
			if (!reachable.isEmpty()) {
				return reachable;
			}
		}
		return wanted;
	}

	private List<Host> healthy(List<Host> all) {
		return all.stream().filter((host) -> !this.ejected.contains(host)).toList();
	}

	/**
	 * Whether too many are ejected, or some are and what is left is no better.
	 */
	private boolean isInPanic(List<Host> healthy, List<Host> all) {
		return 100L * healthy.size() < (long) this.panicThreshold * all.size()
				|| (this.panicThreshold > 0 && healthy.size() < all.size() && this.suspects.containsAll(healthy));
	}

	private Candidates candidates(List<Host> usable, List<Host> all, boolean panic) {
		return new Candidates(usable, all, panic, this.settings.locality(), this.settings.nowMillis());
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
	 * @param rules the rules
	 * @param lanes where the lanes of instances stand
	 * @param locality where this process is
	 * @param nowMillis the time
	 */
	record Settings(ClusterRules rules, Lanes lanes, Locality locality, long nowMillis) {
	}

	/**
	 * What is left out.
	 *
	 * @param acting knows what is ejected; {@code null} for nothing
	 * @param avoided what is left alone for a while
	 */
	record LeftOut(@Nullable OutlierDetector acting, Set<Host> avoided) {
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
