// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import io.governance.rule.RuleType;
import io.governance.rule.RuleTypes;
import io.governance.verification.SourceTree;
import io.governance.verification.SuiteClasses;
import io.governance.verification.metadata.ConfigurationMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written by hand holds: links lead somewhere, each rule type has its page, and
 * classes that are named are there.
 */
class DocumentsTests {

	private static final SourceTree TREE = SourceTree.find();

	private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");

	private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\\n]*`", Pattern.DOTALL);

	private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);

	private static final Pattern CLASS_NAME = Pattern
		.compile("`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:[.#(][^`]*)?`");

	private static final Pattern PROPERTY_TABLE = Pattern.compile("^\\| property \\|.*\\n(?:\\|.*\\n)+",
			Pattern.MULTILINE);

	private static final Pattern PROPERTY_ROW = Pattern.compile("^\\| `(governance\\.[^`]+)`", Pattern.MULTILINE);

	private static final List<String> POLICY_HEADINGS = List.of("What it does", "When, and when not", "Rule fields",
			"Example", "Interaction with other policies", "Limits", "Metrics", "Failure modes");

	static Stream<Path> documents() {
		return TREE.documents().stream();
	}

	static Stream<String> starters() {
		return TREE.modulesWithCode()
			.stream()
			.filter((module) -> !module.isDemo())
			.map((module) -> module.name().replaceFirst("^governance-(starter-)?", ""))
			.filter((name) -> !List.of("core", "spring", "test").contains(name));
	}

	static Stream<String> ruleTypes() {
		return RuleTypes.load(DocumentsTests.class.getClassLoader(), List.of()).all().stream().map(RuleType::name);
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linksLeadSomewhere(Path document) {
		assertThat(brokenLinks(document, SourceTree.read(document))).isEmpty();
	}

	@Test
	void brokenLinksAreFound() {
		String text = "[a](docs/README.md) [b](docs/missing.md) [c](docs/README.md#missing) [d](#here)\n# Here\n`[e](x)`";
		assertThat(brokenLinks(TREE.root().resolve("README.md"), text)).containsExactly("docs/missing.md",
				"docs/README.md#missing");
	}

	@ParameterizedTest
	@MethodSource("ruleTypes")
	void eachRuleTypeHasAPageOfTheSameShape(String type) {
		String page = SourceTree.read(TREE.root().resolve("docs/policies/" + type + ".md"));
		assertThat(page).startsWith("# " + type + "\n").contains("<!-- fields:" + type + " -->");
		assertThat(headings(page).skip(1)).containsExactlyElementsOf(POLICY_HEADINGS);
	}

	@ParameterizedTest
	@MethodSource("ruleTypes")
	void eachRuleTypeIsOnTheMap(String type) {
		assertThat(SourceTree.read(TREE.root().resolve("docs/README.md"))).contains("(policies/" + type + ".md)");
	}

	@ParameterizedTest
	@MethodSource("starters")
	void eachStarterAndProgramHasAPageThatIsOnTheMap(String name) {
		assertThat(TREE.root().resolve("docs/starters/" + name + ".md")).exists();
		assertThat(SourceTree.read(TREE.root().resolve("docs/README.md"))).contains("(starters/" + name + ".md)");
	}

	@ParameterizedTest
	@MethodSource("documents")
	void propertiesInTablesAreThere(Path document) {
		assertThat(propertiesInTables(SourceTree.read(document))).allMatch(DocumentsTests::isProperty);
	}

	@Test
	void unknownPropertiesAreFound() {
		String text = "| property | default |\n|---|---|\n| `governance.tracing.baggage` | |\n| `governance.tracing.luggage` | |\n";
		assertThat(propertiesInTables(text)).filteredOn((name) -> !isProperty(name))
			.containsExactly("governance.tracing.luggage");
	}

	@Test
	void theLifeOfARequestNamesClassesThatAreThere() {
		String page = SourceTree.read(TREE.root().resolve("docs/life-of-a-request.md"));
		List<String> named = CLASS_NAME.matcher(page).results().map((result) -> result.group(1)).distinct().toList();
		assertThat(named).isNotEmpty();
		assertThat(knownNames()).containsAll(named);
	}

	private static List<String> propertiesInTables(String text) {
		return PROPERTY_TABLE.matcher(text)
			.results()
			.flatMap((table) -> PROPERTY_ROW.matcher(table.group()).results())
			.map((row) -> row.group(1).replaceFirst("\\.\\*$", ""))
			.toList();
	}

	private static boolean isProperty(String name) {
		return TREE.modulesWithCode()
			.stream()
			.flatMap((module) -> ConfigurationMetadata.of(module).stream())
			.anyMatch((property) -> property.name().equals(name));
	}

	private static List<String> brokenLinks(Path document, String text) {
		List<String> broken = new ArrayList<>();
		String prose = CODE.matcher(text).replaceAll("");
		for (MatchResult link : LINK.matcher(prose).results().toList()) {
			String target = link.group(1);
			if (!target.matches("[a-z]+:.*") && !leadsSomewhere(document, text, target)) {
				broken.add(target);
			}
		}
		return broken;
	}

	private static boolean leadsSomewhere(Path document, String text, String target) {
		String[] parts = target.split("#", 2);
		Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
		if (!Files.exists(file) || !file.startsWith(TREE.root())) {
			return false;
		}
		String linked = parts[0].isEmpty() || parts.length == 1 ? text : SourceTree.read(file);
		return parts.length == 1 || headings(linked).map(DocumentsTests::anchor).anyMatch(parts[1]::equals);
	}

	private static Stream<String> headings(String text) {
		String prose = Pattern.compile("```.*?```", Pattern.DOTALL).matcher(text).replaceAll("");
		return HEADING.matcher(prose).results().map((result) -> result.group(1).trim());
	}

	/**
	 * The anchor that Git hosts give a heading.
	 */
	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	/**
	 * The simple names of our classes, and of all that they name.
	 */
	private static Set<String> knownNames() {
		Set<String> names = new TreeSet<>();
		for (JavaClass type : SuiteClasses.get().all()) {
			names.add(type.getSimpleName());
			names.addAll(type.getDirectDependenciesFromSelf()
				.stream()
				.map((dependency) -> dependency.getTargetClass().getSimpleName())
				.collect(Collectors.toSet()));
		}
		return names;
	}

}
