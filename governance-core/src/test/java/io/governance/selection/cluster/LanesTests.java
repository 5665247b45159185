// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.List;

import io.governance.selection.Host;
import io.governance.selection.Hosts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LanesTests {

	private final Host blue = Hosts.with("1", "lane", "blue");

	private final Host green = Hosts.with("2", "lane", "green");

	private final Host base = Hosts.with("3", "version", "1");

	private final Host blank = Hosts.with("4", "lane", "");

	private final List<Host> all = List.of(this.blue, this.green, this.base, this.blank);

	@Test
	void callsOfALaneGoToItsHosts() {
		assertThat(Lanes.DEFAULT.of(this.all, "blue")).containsExactly(this.blue);
	}

	@Test
	void callsOfALaneThatIsNotThereGoToTheBase() {
		assertThat(Lanes.DEFAULT.of(this.all, "red")).containsExactly(this.base, this.blank);
	}

	@Test
	void callsWithoutALaneGoToTheBase() {
		assertThat(Lanes.DEFAULT.of(this.all, null)).containsExactly(this.base, this.blank);
	}

	@Test
	void whereThereIsNoBaseAllTakeCalls() {
		assertThat(Lanes.DEFAULT.of(List.of(this.blue, this.green), "red")).containsExactly(this.blue, this.green);
		assertThat(Lanes.DEFAULT.of(List.of(this.blue, this.green), null)).containsExactly(this.blue, this.green);
	}

	@Test
	void hostsSayTheirLaneInMetadata() {
		assertThat(Lanes.DEFAULT.in(this.all)).containsExactlyInAnyOrder("blue", "green");
		assertThat(new Lanes("version").in(this.all)).containsExactly("1");
	}

}
