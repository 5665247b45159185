// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.Map;

import io.governance.discovery.Instance;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealthEntries}.
 */
class HealthEntriesTests {

	@Test
	void anInstanceIsHealthyWhenAllOfItsChecksPass() {
		HealthEntries entries = read("[" + entry("a", "10.0.0.1", 1, "passing", "passing") + ","
				+ entry("b", "10.0.0.2", 2, "passing", "warning") + ","
				+ entry("c", "10.0.0.3", 3, "critical", "passing") + "]");
		assertThat(entries.known()).containsExactlyInAnyOrder("a", "b", "c");
		assertThat(entries.healthy()).extracting(Instance::id).containsExactly("a");
	}

	@Test
	void anInstanceInMaintenanceIsTakenOutAndNotUnhealthy() {
		String maintained = entry("a", "10.0.0.1", 1, "passing", "passing").replace("serfHealth",
				"_service_maintenance:a");
		String node = entry("b", "10.0.0.2", 2, "critical", "passing").replace("serfHealth", "_node_maintenance");
		HealthEntries entries = read("[" + maintained.replaceFirst("passing", "critical") + "," + node + ","
				+ entry("c", "10.0.0.3", 3, "passing", "critical") + "]");
		assertThat(entries.healthy()).isEmpty();
		assertThat(entries.known()).containsExactly("c");
		assertThat(entries.withdrawn()).containsExactlyInAnyOrder("a", "b");
		assertThat(entries.callable()).hasSize(3);
	}

	@Test
	void anInstanceWithoutAddressHasItsNodesAddress() {
		HealthEntries entries = read("[" + entry("a", "", 8080, "passing", "passing") + "]");
		assertThat(entries.healthy()).extracting(Instance::address).containsExactly("10.9.9.9:8080");
	}

	@Test
	void metadataComesBackWithItsDots() {
		HealthEntries entries = read("[" + entry("a", "10.0.0.1", 8080, "passing", "passing") + "]");
		assertThat(entries.healthy().get(0).metadata()).isEqualTo(Map.of("gateway.expose", "true", "secure", "true"));
		assertThat(entries.healthy().get(0).secure()).isTrue();
	}

	@Test
	void anEntryThatCannotBeCalledDoesNotSpoilTheList() {
		HealthEntries entries = read("[" + entry("a", "10.0.0.1", 0, "passing", "passing") + ","
				+ entry("b", "10.0.0.2", 2, "passing", "passing") + "]");
		assertThat(entries.healthy()).extracting(Instance::id).containsExactly("b");
		assertThat(entries.known()).containsExactlyInAnyOrder("a", "b");
	}

	private static HealthEntries read(String json) {
		return HealthEntries.of("orders", JsonMapper.builder().build().readTree(json));
	}

	private static String entry(String id, String address, int port, String nodeStatus, String status) {
		return """
				{"Node": {"Node": "n", "Address": "10.9.9.9"},
				 "Service": {"ID": "%s", "Service": "orders", "Address": "%s", "Port": %d,
				             "Meta": {"gateway__expose": "true", "secure": "true"}},
				 "Checks": [{"CheckID": "serfHealth", "Status": "%s"}, {"CheckID": "service:a", "Status": "%s"}]}
				""".formatted(id, address, port, nodeStatus, status);
	}

}
