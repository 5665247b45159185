// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.binding.RuleBinder;
import io.governance.rule.RuleTypes;
import io.governance.verification.SourceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader may copy works: every YAML block is bound, its rules and its settings,
 * and unknown keys are faults.
 */
class DocumentedYamlTests {

	private static final RuleBinder RULES = new RuleBinder(
			RuleTypes.load(DocumentedYamlTests.class.getClassLoader(), List.of()));

	private static final BoundSettings SETTINGS = new BoundSettings();

	static Stream<YamlBlock> blocks() {
		return YamlBlock.all(SourceTree.find()).stream();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void isBoundWithoutFaults(YamlBlock block) throws IOException {
		assertThat(faults(block)).as(block.origin()).isEmpty();
	}

	@Test
	void theDemosExamplesAreFound() {
		assertThat(blocks()).filteredOn((block) -> block.origin().endsWith("gateway.yml, examples"))
			.singleElement()
			.satisfies((block) -> assertThat(block.text()).contains("\n  rules:\n"));
	}

	@Test
	void faultsAreFound() throws IOException {
		assertThat(faults(new YamlBlock("a rule", "governance: {rules: {retry: {a: {attempt: 3}}}}"))).hasSize(1);
		assertThat(faults(new YamlBlock("a switch", "governance: {enforcement: {everything: 'OFF'}}"))).hasSize(1);
		assertThat(faults(new YamlBlock("a setting", "governance: {discovery: {consul: {hosts: a}}}"))).hasSize(1);
		assertThat(faults(new YamlBlock("a value", "governance: {tracing: {enabled: perhaps}}"))).hasSize(1);
		assertThat(faults(new YamlBlock("a module", "governance: {meshing: {enabled: true}}"))).hasSize(1);
	}

	@Test
	void settingsOfAllModulesAreKnown() {
		assertThat(SETTINGS.types().keySet()).extracting(Object::toString)
			.contains("governance.discovery", "governance.tracing", "governance.config", "governance.config-server");
	}

	private static List<String> faults(YamlBlock block) throws IOException {
		List<PropertySource<?>> documents = new YamlPropertySourceLoader().load(block.origin(),
				new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8)));
		MutablePropertySources sources = new MutablePropertySources();
		Map<String, Object> properties = new LinkedHashMap<>();
		for (PropertySource<?> document : documents) {
			sources.addFirst(document);
			for (String name : ((EnumerablePropertySource<?>) document).getPropertyNames()) {
				properties.put(name, document.getProperty(name));
			}
		}
		Stream<String> faults = Stream.concat(RULES.bind(sources).faults().stream().map(Object::toString),
				SETTINGS.faults(properties).stream());
		return faults.toList();
	}

}
