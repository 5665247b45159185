// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.List;

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

/**
 * When pickers are made.
 */
class ClusterPickersTests {

	private final RecordedBalancing balancing = new RecordedBalancing();

	private final Cluster cluster = new Cluster("inventory", Lanes.DEFAULT, () -> Locality.UNKNOWN,
			new ManualTimeSource(), () -> {
			});

	private final Host one = Hosts.with("1", "version", "1");

	private final Host two = Hosts.with("2", "version", "2");

	private final Host three = Hosts.with("3", "version", "2");

	private static Destination version2() {
		return new Destination("route/a",
				new Subset("version=2", (host) -> "2".equals(host.metadata().get("version")), OnEmpty.FAIL, null),
				HeaderChanges.NONE, () -> {
				});
	}

	private @Nullable Host pick(@Nullable Destination destination, @Nullable String lane) {
		return this.cluster.pick(destination, lane, null, Tried.NOTHING, 0);
	}

	@Test
	void pickersOfKnownDestinationsAreMadeBeforehand() {
		Destination known = version2();
		this.cluster.apply(new ClusterRules(this.balancing, null, List.of(), List.of(known)));
		this.cluster.replace(List.of(this.one, this.two, Hosts.with("4", "lane", "blue")));
		int made = this.balancing.made();
		assertThat(pick(known, null)).isSameAs(this.two);
		assertThat(pick(null, "blue")).hasToString("4");
		assertThat(pick(null, null)).isSameAs(this.one);
		assertThat(this.balancing.made()).isEqualTo(made);
	}

	@Test
	void pickersThatWereUsedAreMadeAgainAndOthersAreNot() {
		this.cluster.apply(new ClusterRules(this.balancing, null, List.of(), List.of()));
		this.cluster.replace(List.of(this.one, this.two));
		Destination unknown = version2();
		pick(unknown, null);
		this.cluster.replace(List.of(this.one, this.two, this.three));
		int made = this.balancing.made();
		assertThat(pick(unknown, null)).isSameAs(this.two);
		assertThat(this.balancing.made()).isEqualTo(made);
		this.cluster.replace(List.of(this.one, this.two));
		this.cluster.replace(List.of(this.one));
		this.cluster.replace(List.of(this.two));
		assertThat(this.balancing.made()).as("once more for it, and three for the service").isEqualTo(made + 4);
	}

	@Test
	void weightsThatGrowAreWorkedOutEachSecond() {
		this.balancing.growing(true);
		this.cluster.apply(new ClusterRules(this.balancing, null, List.of(), List.of()));
		this.cluster.replace(List.of(this.one));
		assertThat(this.cluster.refresh()).isEqualTo(1_000_000_000);
		this.balancing.growing(false);
		assertThat(this.cluster.refresh()).isEqualTo(Long.MAX_VALUE);
		int made = this.balancing.made();
		this.cluster.refresh();
		assertThat(this.balancing.made()).isEqualTo(made);
	}

}
