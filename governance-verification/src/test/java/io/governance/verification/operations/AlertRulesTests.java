// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.governance.metrics.GovernanceMeter;
import io.governance.verification.SourceTree;
import io.governance.verification.operations.RuleFiles.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Alerts, their unit tests and their pages belong together.
 */
class AlertRulesTests {

	private static final RuleFiles FILES = RuleFiles.read();

	private static final Path PAGES = SourceTree.find().root().resolve("docs/operations");

	private static final Pattern QUERIES = Pattern.compile("```promql\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern DETAIL = Pattern.compile("\\| `(governance\\.[a-z.]+)` \\| \\[(\\w+)]\\(",
			Pattern.MULTILINE);

	static Stream<Rule> rules() {
		return FILES.rules().stream();
	}

	static Stream<Rule> alerts() {
		return FILES.alerts().stream();
	}

	/** The queries of the pages, one per line. */
	static List<Expression> queriesOfPages() {
		return SourceTree.files(PAGES, ".md")
			.stream()
			.flatMap((page) -> QUERIES.matcher(SourceTree.read(page)).results())
			.map((MatchResult block) -> block.group(1))
			.flatMap(String::lines)
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.map(Expression::new)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("rules")
	void namesMetersThatThereAre(Rule rule) {
		assertThat(FILES.knownMetrics()).containsAll(rule.expression().metrics());
	}

	@Test
	void metersThatThereAreNotAreFound() {
		Expression expression = new Expression(
				"sum by (service) (rate(governance_thing_total{a=\"b\"}[5m])) / on (x) group_left service:y > bool 14.4 and up offset 1h");
		assertThat(expression.metrics()).containsExactly("governance_thing_total", "service:y", "up");
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void saysHowBadItIsAndWhereToRead(Rule alert) {
		assertThat(alert.labels().get("severity")).isIn("page", "ticket");
		assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook_url")
			.containsEntry("runbook_url", "docs/operations/" + alert.alert() + ".md");
		assertThat(alert.annotations().values()).allMatch((text) -> !text.toString().isBlank());
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void isTestedToFireAndNotToFire(Rule alert) {
		assertThat(RuleFiles.tested().get(alert.alert())).as("unit tests of " + alert)
			.isNotNull()
			.contains(true)
			// below its threshold, and after its end
			.satisfies((answers) -> assertThat(answers.stream().filter((fires) -> !fires)).hasSizeGreaterThan(1));
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void hasAPage(Rule alert) {
		String page = SourceTree.read(PAGES.resolve(alert.alert() + ".md"));
		assertThat(page).startsWith("# " + alert.alert() + "\n\nSeverity: " + alert.labels().get("severity") + ".\n")
			.containsSubsequence("## Meaning", "## Impact", "## First look", "```promql", "## What to do");
		assertThat(SourceTree.read(PAGES.resolve("README.md"))).contains("(" + alert.alert() + ".md)");
	}

	@Test
	void eachPageHasItsAlert() {
		List<String> pages = SourceTree.files(PAGES, ".md")
			.stream()
			.map((page) -> page.getFileName().toString().replace(".md", ""))
			.filter((name) -> !name.equals("README"))
			.toList();
		assertThat(pages).containsExactlyInAnyOrderElementsOf(alerts().map(Rule::alert).toList());
	}

	@Test
	void queriesOfPagesNameMetersThatThereAre() {
		assertThat(queriesOfPages()).isNotEmpty()
			.allSatisfy((query) -> assertThat(FILES.knownMetrics()).as(query.text()).containsAll(query.metrics()));
	}

	@Test
	void eachDetailOfHealthHasAMeterAndAnAlertOnIt() {
		String page = SourceTree.read(PAGES.resolveSibling("observability/health.md"));
		List<MatchResult> details = DETAIL.matcher(page).results().toList();
		assertThat(details).hasSizeGreaterThan(4).allSatisfy((detail) -> {
			GovernanceMeter meter = Stream.of(GovernanceMeter.values())
				.filter((candidate) -> candidate.meterName().equals(detail.group(1)))
				.findFirst()
				.orElseThrow();
			assertThat(alerts()).filteredOn((alert) -> detail.group(2).equals(alert.alert()))
				.singleElement()
				.satisfies((alert) -> assertThat(alert.expression().metrics()).contains(MeterNames.of(meter)));
		});
	}

	@Test
	void theCollectorUsesWhatItDeclares() {
		Map<String, Object> collector = RuleFiles.yaml(RuleFiles.DIRECTORY.resolve("collector/otel-collector.yml"));
		Map<String, Object> traces = RuleFiles
			.map(RuleFiles.map(RuleFiles.map(collector.get("service")).get("pipelines")).get("traces"));
		assertThat(traces).containsOnlyKeys("receivers", "processors", "exporters");
		traces.forEach((kind, used) -> assertThat(new ArrayList<Object>(RuleFiles.map(collector.get(kind)).keySet()))
			.containsExactlyInAnyOrderElementsOf((List<?>) used));
	}

}
