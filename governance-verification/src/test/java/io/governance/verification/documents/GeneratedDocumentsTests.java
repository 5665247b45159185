// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.util.List;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.governance.rule.RuleTypes;
import io.governance.verification.SourceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is generated and committed is what the code says. With
 * {@code -Dgovernance.documents=rewrite} the files are written instead of compared.
 */
class GeneratedDocumentsTests {

	private static final RuleTypes TYPES = RuleTypes.load(GeneratedDocumentsTests.class.getClassLoader(), List.of());

	static Stream<GeneratedDocument> documents() {
		return GeneratedDocument.all(SourceTree.find(), TYPES).stream();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void isWhatTheCodeSays(GeneratedDocument document) {
		if ("rewrite".equals(System.getProperty("governance.documents"))) {
			document.write();
		}
		assertThat(document.committed()).as("""
				%s is not what the code says. Rewrite it: mvn -q -Dquick -pl governance-verification -am test \
				-Dtest=GeneratedDocumentsTests -Dsurefire.failIfNoSpecifiedTests=false \
				-Dgovernance.documents=rewrite""", document.file()).isEqualTo(document.text());
	}

	@Test
	void thereIsATableForEachRuleType() {
		assertThat(documents().map(GeneratedDocument::toString))
			.containsAll(TYPES.all().stream().map((type) -> type.name() + ".md").toList());
		assertThat(documents()).filteredOn((document) -> document.file().getParent().endsWith("policies"))
			.allSatisfy((document) -> assertThat(document.text()).contains("| `match.path` |"));
	}

	@Test
	void theSchemaAcceptsTheRulesOfTheDocuments() {
		JsonSchema schema = schema();
		List<YamlBlock> blocks = YamlBlock.all(SourceTree.find());
		assertThat(blocks).filteredOn((block) -> !block.isEmpty())
			.isNotEmpty()
			.allSatisfy((block) -> assertThat(schema.validate(block.text(), InputFormat.YAML)).as(block.origin())
				.isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "governance: {rules: {rate-limits: {a: {limit: 1}}}}",
			"governance: {rules: {rate-limit: {a: {limits: 1}}}}",
			"governance: {rules: {rate-limit: {a: {limit: -1}}}}",
			"governance: {rules: {rate-limit: {a: {limit: 1, per: 1 second}}}}",
			"governance: {rules: {rate-limit: {a: {limit: 1, enforcement: SOMETIMES}}}}",
			"governance: {rules: {retry: {a: {backoff: {bases: 1s}}}}}",
			"governance: {rules: {retry: {a: {match: {headers: {x-user: {exact: a, prefix: b}}}}}}}",
			"governance: {enforcement: {everything: OFF}}" })
	void theSchemaRefusesFaults(String yaml) {
		assertThat(schema().validate(yaml, InputFormat.YAML)).extracting(ValidationMessage::getMessage).isNotEmpty();
	}

	private static JsonSchema schema() {
		return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(new RuleSchema(TYPES).text(), InputFormat.JSON);
	}

}
