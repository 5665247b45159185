// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.governance.test.Requirement;
import io.governance.test.prometheus.PrometheusCommands;
import io.governance.test.prometheus.Promtool;
import io.governance.test.prometheus.RealPrometheus;
import io.governance.verification.SourceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is shipped for Prometheus and Alertmanager, judged by their own tools.
 */
class PrometheusFilesIntegrationTests {

	@RegisterExtension
	static final Requirement PROMETHEUS = PrometheusCommands.requirement();

	private static final Path FILES = RuleFiles.DIRECTORY;

	static Stream<Path> unitTests() {
		return SourceTree.files(FILES.resolve("prometheus/tests"), ".yml").stream();
	}

	@Test
	void theConfigurationAndItsRulesAreValid() {
		Promtool.Result result = Promtool.run("", "check", "config",
				FILES.resolve("prometheus/prometheus.yml").toString());
		assertThat(result.output()).contains("2 rule files found", "rules found").doesNotContain("FAILED");
		assertThat(result.exit()).as(result.output()).isZero();
	}

	@ParameterizedTest
	@MethodSource("unitTests")
	void theUnitTestsOfTheRulesPass(Path file) {
		Promtool.Result result = Promtool.run("", "test", "rules", file.toString());
		assertThat(result.exit()).as(result.output()).isZero();
	}

	@Test
	void alertmanagerTakesItsExample() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(PrometheusCommands.find("amtool").orElseThrow().toString(), "check-config",
				FILES.resolve("alertmanager/alertmanager.yml").toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		assertThat(output).contains("2 receivers");
	}

	@Test
	void queriesOfPagesAndDashboardsAreUnderstood() {
		List<String> faults = new ArrayList<>();
		try (RealPrometheus prometheus = RealPrometheus.start(RealPrometheus.scraping("none=127.0.0.1:1"))) {
			Stream<String> pages = AlertRulesTests.queriesOfPages().stream().map(Expression::text);
			Stream<String> panels = Dashboards.all()
				.stream()
				.flatMap(Dashboard::queries)
				.map(Dashboard::withoutVariables);
			Stream.concat(pages, panels).forEach((query) -> {
				try {
					prometheus.query(query);
				}
				catch (IllegalStateException ex) {
					faults.add(query + ": " + ex.getMessage());
				}
			});
		}
		assertThat(faults).isEmpty();
	}

}
