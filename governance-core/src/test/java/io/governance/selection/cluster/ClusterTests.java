// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.policy.Outcome;
import io.governance.selection.Destination;
import io.governance.selection.Destination.HeaderChanges;
import io.governance.selection.Destination.OnEmpty;
import io.governance.selection.Destination.Subset;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.selection.Locality;
import io.governance.selection.Picker.Tried;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final AtomicInteger refreshes = new AtomicInteger();

	private final AtomicInteger empty = new AtomicInteger();

	private final ScriptedEjections ejections = new ScriptedEjections(50);

	private final Cluster cluster = new Cluster("inventory", Lanes.DEFAULT, () -> Locality.UNKNOWN, this.time,
			this.refreshes::incrementAndGet);

	private final Host one = Hosts.with("1", "version", "1");

	private final Host two = Hosts.with("2", "version", "2");

	private final Host three = Hosts.with("3", "version", "2");

	private Destination version(String version, OnEmpty onEmpty, @Nullable String fallback) {
		return new Destination("route/a",
				new Subset("version=" + version, (host) -> version.equals(host.metadata().get("version")), onEmpty,
						(fallback != null) ? (host) -> fallback.equals(host.metadata().get("version")) : null),
				HeaderChanges.NONE, this.empty::incrementAndGet);
	}

	private Set<Host> picked(@Nullable Destination destination, @Nullable String lane) {
		Set<Host> picked = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			Host host = this.cluster.pick(destination, lane, null, Tried.NOTHING, 0);
			if (host != null) {
				picked.add(host);
			}
		}
		return picked;
	}

	private void start(Host... hosts) {
		this.cluster.apply(new ClusterRules(null, this.ejections, List.of(), List.of()));
		this.cluster.replace(List.of(hosts));
	}

	@Test
	void nothingIsPickedBeforeThereAreInstances() {
		assertThat(this.cluster.pick(null, null, null, Tried.NOTHING, 0)).isNull();
	}

	@Test
	void callsWithoutADestinationGoAnywhere() {
		start(this.one, this.two, this.three);
		assertThat(picked(null, null)).containsExactlyInAnyOrder(this.one, this.two, this.three);
	}

	@Test
	void callsGoToTheirSubset() {
		start(this.one, this.two, this.three);
		assertThat(picked(version("2", OnEmpty.FAIL, null), null)).containsExactlyInAnyOrder(this.two, this.three);
		assertThat(this.empty).hasValue(0);
	}

	@Test
	void whereASubsetIsEmptyTheRuleSaysWhatToDo() {
		start(this.one, this.two, this.three);
		assertThat(picked(version("9", OnEmpty.ANY, null), null)).hasSize(3);
		assertThat(picked(version("9", OnEmpty.DEFAULT, "1"), null)).containsExactly(this.one);
		assertThat(picked(version("9", OnEmpty.DEFAULT, "8"), null)).isEmpty();
		assertThat(picked(version("9", OnEmpty.FAIL, null), null)).isEmpty();
		assertThat(this.empty).hasValue(80);
	}

	@Test
	void lanesHoldWithinASubset() {
		Host blue = Hosts.with("4", "lane", "blue");
		start(this.one, this.two, blue);
		assertThat(picked(null, "blue")).containsExactly(blue);
		assertThat(picked(null, null)).containsExactlyInAnyOrder(this.one, this.two);
		assertThat(picked(version("2", OnEmpty.ANY, null), "blue")).containsExactly(this.two);
	}

	@Test
	void theEjectedAreLeftOutAfterARefresh() {
		start(this.one, this.two, this.three);
		this.ejections.eject(this.one);
		assertThat(picked(null, null)).hasSize(3);
		this.cluster.refresh();
		assertThat(picked(null, null)).containsExactlyInAnyOrder(this.two, this.three);
		assertThat(this.cluster.ejected()).containsExactly(this.one);
		assertThat(this.cluster.hosts()).hasSize(3);
	}

	@Test
	void inPanicAllAreUsed() {
		start(this.one, this.two, this.three);
		this.ejections.eject(this.one, this.two);
		this.cluster.refresh();
		assertThat(picked(null, null)).hasSize(3);
		assertThat(picked(version("2", OnEmpty.FAIL, null), null)).as("a half is enough").containsExactly(this.three);
	}

	@Test
	void whereWhatIsLeftIsNoBetterAllAreUsed() {
		start(this.one, this.two, this.three);
		this.ejections.suspect(this.two, this.three);
		this.ejections.eject(this.one);
		this.cluster.refresh();
		assertThat(picked(null, null)).hasSize(3);
		assertThat(this.cluster.isInPanic()).isTrue();
	}

	@Test
	void oneThatIsGoodIsReasonToLeaveOthersOut() {
		start(this.one, this.two, this.three);
		this.ejections.suspect(this.two);
		this.ejections.eject(this.one);
		this.cluster.refresh();
		assertThat(picked(null, null)).containsExactlyInAnyOrder(this.two, this.three);
		assertThat(this.cluster.isInPanic()).isFalse();
	}

	@Test
	void whereNobodyIsEjectedThereIsNoPanic() {
		start(this.one);
		this.ejections.suspect(this.one);
		this.cluster.refresh();
		assertThat(this.cluster.isInPanic()).isFalse();
	}

	@Test
	void withoutPanicThereMayBeNobodyLeft() {
		ScriptedEjections never = new ScriptedEjections(0);
		this.cluster.apply(new ClusterRules(null, never, List.of(), List.of()));
		this.cluster.replace(List.of(this.one, this.two));
		never.suspect(this.two);
		never.eject(this.one);
		this.cluster.refresh();
		assertThat(picked(null, null)).containsExactly(this.two);
		never.eject(this.two);
		this.cluster.refresh();
		assertThat(picked(null, null)).isEmpty();
	}

	@Test
	void shadowsFindOutAndLeaveNothingOut() {
		this.cluster.apply(new ClusterRules(null, null, List.of(this.ejections), List.of()));
		this.cluster.replace(List.of(this.one, this.two));
		this.ejections.eject(this.one);
		this.cluster.refresh();
		assertThat(picked(null, null)).hasSize(2);
		this.cluster.end(begun(this.one), Outcome.response(500, false, 1));
		assertThat(this.ejections.reports()).containsExactly(this.one);
	}

	@Test
	void aShadowThatIsEnforcedActsOnWhatItFound() {
		this.cluster.apply(new ClusterRules(null, null, List.of(this.ejections), List.of()));
		this.cluster.replace(List.of(this.one, this.two, this.three));
		this.ejections.eject(this.one);
		this.cluster.refresh();
		this.cluster.apply(new ClusterRules(null, this.ejections, List.of(), List.of()));
		assertThat(picked(null, null)).doesNotContain(this.one);
		assertThat(this.ejections.made()).isEqualTo(1);
	}

	@Test
	void aDetectorRunsOnAsLongAsItsPolicyDoes() {
		start(this.one, this.two, this.three);
		this.ejections.eject(this.one);
		this.cluster.refresh();
		this.cluster.apply(new ClusterRules(null, this.ejections, List.of(), List.of()));
		assertThat(this.ejections.made()).isEqualTo(1);
		assertThat(this.cluster.ejected()).containsExactly(this.one);
		this.cluster.apply(ClusterRules.NONE);
		assertThat(this.cluster.ejected()).isEmpty();
		assertThat(this.ejections.closed()).isEqualTo(1);
	}

	@Test
	void saysWhichDestinationsHaveNoInstance() {
		Destination known = version("2", OnEmpty.ANY, null);
		Destination unknown = version("9", OnEmpty.ANY, null);
		this.cluster.apply(new ClusterRules(null, null, List.of(), List.of(known, unknown)));
		assertThat(this.cluster.emptyDestinations()).isEmpty();
		this.cluster.replace(List.of(this.one, this.two));
		assertThat(this.cluster.emptyDestinations()).containsExactly(unknown);
	}

	@Test
	void saysWhetherItIsInPanic() {
		start(this.one, this.two, this.three);
		this.ejections.eject(this.one);
		this.cluster.refresh();
		assertThat(this.cluster.isInPanic()).isFalse();
		this.ejections.eject(this.two);
		this.cluster.refresh();
		assertThat(this.cluster.isInPanic()).isTrue();
	}

	@Test
	void anEndingThatNeedsASweepAsksForARefresh() {
		start(this.one);
		this.cluster.end(begun(this.one), Outcome.response(200, false, 1));
		assertThat(this.refreshes).hasValue(0);
		this.ejections.wantSweep();
		this.cluster.end(begun(this.one), Outcome.response(500, false, 1));
		assertThat(this.refreshes).hasValue(1);
		assertThat(this.one.active()).isZero();
	}

	@Test
	void aHostIsLeftAloneUntilTheRefreshAfterItsTime() {
		start(this.one, this.two);
		this.cluster.avoid(this.one, 50);
		assertThat(picked(null, null)).containsExactly(this.two);
		assertThat(this.refreshes).hasValue(1);
		this.cluster.refresh();
		assertThat(picked(null, null)).containsExactly(this.two);
		this.time.advanceNanos(50);
		this.cluster.refresh();
		assertThat(picked(null, null)).hasSize(2);
	}

	@Test
	void aHostThatTookThePlaceOfAnAvoidedOneIsLeftAloneByItself() {
		Host restarted = Hosts.with("1", "version", "1");
		start(this.one, this.two);
		this.cluster.avoid(this.one, 50);
		this.cluster.replace(List.of(restarted, this.two));
		this.cluster.refresh();
		this.cluster.avoid(this.one, 50);
		assertThat(this.cluster.avoided()).as("the one that is gone").isEmpty();
		assertThat(picked(null, null)).containsExactlyInAnyOrder(restarted, this.two);
		this.cluster.avoid(restarted, 50);
		this.cluster.refresh();
		assertThat(picked(null, null)).containsExactly(this.two);
	}

	@Test
	void anyInstanceIsOneThatTheCallMayGoTo() {
		Host blue = Hosts.host("4", 1, null, Map.of("lane", "blue", "version", "2"));
		start(this.one, this.two, this.three, blue);
		this.ejections.eject(this.three);
		this.cluster.refresh();
		Destination destination = version("2", OnEmpty.FAIL, null);
		assertThat(this.cluster.pickAny(destination, null, Tried.NOTHING, 0)).isSameAs(this.two);
		assertThat(this.cluster.pickAny(destination, "blue", Tried.NOTHING, 0)).isSameAs(blue);
		assertThat(this.cluster.pickAny(version("9", OnEmpty.FAIL, null), null, Tried.NOTHING, 0)).isNull();
		assertThat(this.cluster.pickAny(null, null, Hosts.tried("1"), 0)).isSameAs(this.two);
	}

	@Test
	void refreshesAreDueWhenSweepsAre() {
		assertThat(this.cluster.refresh()).isEqualTo(Long.MAX_VALUE);
		start(this.one);
		assertThat(this.cluster.refresh()).isEqualTo(ScriptedEjections.NANOS_TO_SWEEP);
		this.cluster.close();
		assertThat(this.ejections.closed()).isEqualTo(1);
	}

	@Test
	void withoutARuleCallsGoInTurnPastWhatWasTried() {
		start(this.one, this.two, this.three);
		List<Host> turns = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			turns.add(this.cluster.pick(null, null, null, Tried.NOTHING, 0));
		}
		assertThat(turns).containsExactly(this.one, this.two, this.three);
		assertThat(this.cluster.pick(null, null, null, Hosts.tried("1", "2"), 0)).isSameAs(this.three);
		assertThat(this.cluster.pick(null, null, null, Hosts.tried("1", "2", "3"), 0)).isNotNull();
	}

	private Host begun(Host host) {
		this.cluster.begin(host);
		return host;
	}

}
