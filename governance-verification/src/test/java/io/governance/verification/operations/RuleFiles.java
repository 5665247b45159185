// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.governance.verification.SourceTree;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * The rules of Prometheus that are shipped, and their unit tests.
 *
 * @param rules recording and alerting rules, in their order
 */
record RuleFiles(List<Rule> rules) {

	static final Path DIRECTORY = SourceTree.find().root().resolve("deploy/observability");

	static RuleFiles read() {
		List<Rule> rules = new ArrayList<>();
		for (Path file : SourceTree.files(DIRECTORY.resolve("prometheus/rules"), ".yml")) {
			for (Map<String, Object> group : maps(yaml(file).get("groups"))) {
				maps(group.get("rules")).forEach((rule) -> rules.add(Rule.of(rule)));
			}
		}
		return new RuleFiles(List.copyOf(rules));
	}

	List<Rule> alerts() {
		return this.rules.stream().filter((rule) -> rule.alert() != null).toList();
	}

	Set<String> recorded() {
		return this.rules.stream()
			.map(Rule::record)
			.filter((name) -> name != null)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** Meters, and what rules record from them. */
	Set<String> knownMetrics() {
		Set<String> known = MeterNames.known();
		known.addAll(recorded());
		return known;
	}

	/** What is asked of each alert by the unit tests: whether it shall fire. */
	static Map<String, List<Boolean>> tested() {
		return SourceTree.files(DIRECTORY.resolve("prometheus/tests"), ".yml")
			.stream()
			.flatMap((file) -> maps(yaml(file).get("tests")).stream())
			.flatMap((test) -> maps(test.get("alert_rule_test")).stream())
			.collect(Collectors.groupingBy((question) -> String.valueOf(question.get("alertname")), Collectors
				.mapping((question) -> !maps(question.get("exp_alerts")).isEmpty(), Collectors.toList())));
	}

	static Map<String, Object> yaml(Path file) {
		return new Yaml().load(SourceTree.read(file));
	}

	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> maps(@Nullable Object list) {
		return (list != null) ? (List<Map<String, Object>>) list : List.of();
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(@Nullable Object map) {
		return (map != null) ? (Map<String, Object>) map : Map.of();
	}

	/**
	 * One rule.
	 *
	 * @param alert the alert's name; {@code null} for a recording rule
	 * @param record what is recorded; {@code null} for an alert
	 * @param expression the query
	 * @param labels what is added
	 * @param annotations what is told
	 */
	record Rule(@Nullable String alert, @Nullable String record, Expression expression, Map<String, Object> labels,
			Map<String, Object> annotations) {

		static Rule of(Map<String, Object> rule) {
			return new Rule((String) rule.get("alert"), (String) rule.get("record"),
					new Expression(String.valueOf(rule.get("expr"))), map(rule.get("labels")),
					map(rule.get("annotations")));
		}

		@Override
		public String toString() {
			return (this.alert != null) ? this.alert : String.valueOf(this.record);
		}

	}

}
