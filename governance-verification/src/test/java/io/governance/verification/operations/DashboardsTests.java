// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.operations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.governance.metrics.GovernanceMeter;
import io.governance.verification.SourceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboards are complete, and well made as far as that can be told without a
 * Grafana. That they are in step with the code is tested with the other generated files.
 */
class DashboardsTests {

	static Stream<JsonNode> committed() {
		return SourceTree.files(RuleFiles.DIRECTORY.resolve("grafana"), ".json")
			.stream()
			.map((file) -> new JsonMapper().readTree(SourceTree.read(file)));
	}

	@ParameterizedTest
	@EnumSource
	void showsEachMeter(GovernanceMeter meter) {
		assertThat(Dashboards.all().stream().flatMap(Dashboard::queries))
			.anyMatch((query) -> new Expression(query).metrics().contains(MeterNames.of(meter)));
	}

	@Test
	void namesMetersThatThereAre() {
		Set<String> known = RuleFiles.read().knownMetrics();
		assertThat(Dashboards.all().stream().flatMap(Dashboard::queries))
			.allSatisfy((query) -> assertThat(known).as(query).containsAll(new Expression(query).metrics()));
	}

	@Test
	void idsAndTitlesAreTheirOwn() {
		assertThat(committed().map((dashboard) -> dashboard.get("uid").asString()).toList()).hasSize(4)
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("committed")
	void isWellMade(JsonNode dashboard) {
		assertThat(dashboard.get("schemaVersion").asInt()).isPositive();
		assertThat(dashboard.get("title").asString()).isNotBlank();
		assertThat(names(dashboard.get("templating").get("list"))).containsExactly("datasource", "service", "instance");
		List<Integer> ids = new ArrayList<>();
		Set<String> places = new HashSet<>();
		for (JsonNode panel : dashboard.get("panels")) {
			ids.add(panel.get("id").asInt());
			places.add(panel.get("gridPos").toString());
			assertThat(panel.get("type").asString()).isEqualTo("timeseries");
			assertThat(panel.get("title").asString()).isNotBlank();
			assertThat(panel.get("datasource").get("uid").asString()).isEqualTo("${datasource}");
			assertThat(panel.get("gridPos").get("x").asInt() + panel.get("gridPos").get("w").asInt())
				.isLessThanOrEqualTo(24);
			assertThat(panel.get("targets")).isNotEmpty().allSatisfy((target) -> {
				assertThat(target.get("expr").asString()).isNotBlank();
				assertThat(target.get("legendFormat").asString()).isNotBlank();
			});
		}
		assertThat(ids).doesNotHaveDuplicates().hasSameSizeAs(places);
	}

	private static List<String> names(JsonNode variables) {
		return variables.valueStream().map((variable) -> variable.get("name").asString()).collect(Collectors.toList());
	}

}
