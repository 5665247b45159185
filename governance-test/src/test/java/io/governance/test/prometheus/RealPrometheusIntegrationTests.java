// SPDX-License-Identifier: Apache-2.0

package io.governance.test.prometheus;

import io.governance.test.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RealPrometheusIntegrationTests {

	@RegisterExtension
	static final Requirement prometheus = PrometheusCommands.requirement();

	@Test
	void answersQueriesAndListsItsTargets() {
		try (RealPrometheus server = RealPrometheus.start(RealPrometheus.scraping("orders=127.0.0.1:1"))) {
			assertThat(server.query("1 + 1").path(1).asString()).isEqualTo("2");
			assertThat(server.await("up", (samples) -> samples.size() == 1).get(0).path("value").path(1).asString())
				.isEqualTo("0");
			assertThat(server.targets()).hasSize(1);
			assertThat(server.targets().get(0).path("labels").path("job").asString()).isEqualTo("orders");
			assertThat(server.exemplars("up")).isEmpty();
			assertThatIllegalStateException().isThrownBy(() -> server.query("1 +"))
				.withMessageContaining("parse error");
		}
	}

	@Test
	void aConfigurationThatItRefusesIsShown() {
		assertThatIllegalStateException().isThrownBy(() -> RealPrometheus.start("scrape: [x]"))
			.withMessageContaining("field scrape not found");
	}

	@Test
	void complaintsAboutAScrapeAreListed() {
		assertThat(Promtool.checkMetrics("# HELP calls_total Calls\n# TYPE calls_total counter\ncalls_total 1\n"))
			.isEmpty();
		assertThat(Promtool.checkMetrics("# TYPE calls counter\ncalls 1\n")).hasSize(2)
			.anyMatch((line) -> line.contains("no help text"));
	}

}
