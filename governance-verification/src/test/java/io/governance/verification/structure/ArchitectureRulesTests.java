// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.structure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each rule fails where it should: the fixtures break them.
 */
class ArchitectureRulesTests {

	private static final String FIXTURE = "io.governance.verification.structure.fixture";

	@Test
	void aCycleOfPackagesIsFound() {
		assertViolated(CodeRules.NO_PACKAGE_CYCLES, "cycle", "cycle.one -> ");
	}

	@Test
	void clocksAreFoundInMethodReferencesToo() {
		List<String> violations = violations(CodeRules.ONLY_TIME_READS_CLOCKS, "code");
		assertThat(violations).hasSize(2)
			.anySatisfy((violation) -> assertThat(violation).contains("System", "nanoTime()"))
			.anySatisfy((violation) -> assertThat(violation).contains("Instant", "now()"));
	}

	@Test
	void sleepsAreFound() {
		assertViolated(CodeRules.NOTHING_SLEEPS, "code", "sleep(long)");
	}

	@Test
	void staticStateIsFound() {
		assertViolated(CodeRules.NO_STATIC_STATE, "code", "ThingManager.things");
	}

	@Test
	void unmarkedPackagesAreFound() {
		assertViolated(CodeRules.NULL_MARKED, "code", "fixture.code.impl is not @NullMarked");
	}

	@Test
	void badNamesAreFound() {
		assertViolated(CodeRules.PACKAGES_ARE_NOUNS_OF_THE_FIELD, "code", "a package named impl");
		assertViolated(CodeRules.NAMES_SAY_WHAT_A_TYPE_IS, "code", "ThingManager ends with Manager");
	}

	@Test
	void largePackagesAreFound() {
		JavaClasses classes = new ClassFileImporter().importPackages("org.assertj.core.api");
		assertThat(CodeRules.faultsOfSize(classes.getPackage("org.assertj.core.api"))).hasSize(1);
	}

	@Test
	void springInCoreIsFound() {
		assertViolated(ModuleRules.CORE_IS_PLAIN_JAVA, "autoconfiguration", "org.springframework");
	}

	@Test
	void policiesOfAnotherShapeAreFound() {
		List<String> violations = violations(PolicyRules.POLICY_PACKAGES_HAVE_ONE_SHAPE, "policy");
		assertThat(violations)
			.anySatisfy(
					(violation) -> assertThat(violation).contains("exactly one final class that ends with RuleType"))
			.anySatisfy((violation) -> assertThat(violation)
				.contains("exactly one package-private class that ends with Policy"))
			.anySatisfy((violation) -> assertThat(violation)
				.contains("CurfewPolicy is public and no component of the rule"))
			.hasSize(3);
	}

	@Test
	void namingAPolicyIsFound() {
		List<String> violations = violations(PolicyRules.NOTHING_NAMES_A_POLICY, "policy", "consumer");
		assertThat(violations).isNotEmpty()
			.allSatisfy((violation) -> assertThat(violation).contains("CurfewReader").contains("CurfewRule"));
	}

	@Test
	void autoConfigurationsWithHabitsOfTheirOwnAreFound() {
		assertViolated(AutoConfigurationRules.AUTO_CONFIGURATIONS_ARE_PUBLIC_AND_FINAL, "autoconfiguration",
				"does not have modifier FINAL");
		assertViolated(AutoConfigurationRules.AUTO_CONFIGURATIONS_HAVE_NO_PUBLIC_MEMBERS, "autoconfiguration",
				"thing() is public");
		assertViolated(AutoConfigurationRules.CONDITIONS_ARE_NOT_PUBLIC, "autoconfiguration", "OnThingCondition");
		assertViolated(AutoConfigurationRules.SETTINGS_ARE_RECORDS, "autoconfiguration", "is no record");
		assertViolated(AutoConfigurationRules.SETTINGS_RESIDE_WITH_AUTO_CONFIGURATIONS, "autoconfiguration",
				"ThingSettings");
	}

	@Test
	void beanMethodsWithHabitsOfTheirOwnAreFound() {
		List<String> violations = violations(AutoConfigurationRules.BEAN_METHODS_FOLLOW_THE_CONVENTIONS,
				"autoconfiguration");
		assertThat(violations).hasSize(4)
			.anySatisfy((violation) -> assertThat(violation).contains("thing() is not package-private"))
			.anySatisfy((violation) -> assertThat(violation).contains("thing() is conditional on a class"))
			.anySatisfy((violation) -> assertThat(violation).contains("thing() does not back off"))
			.anySatisfy((violation) -> assertThat(violation).contains("thingPostProcessor() makes a post-processor"));
	}

	@Test
	void aStarterThatNamesAnotherIsFound() {
		Map<String, JavaClasses> modules = Map.of("governance-starter-tracing", fixture("consumer"),
				"governance-starter-config", fixture("policy"));
		assertThat(ModuleRules.wrongDirections(modules)).isNotEmpty()
			.allSatisfy((fault) -> assertThat(fault)
				.startsWith("governance-starter-tracing may not name governance-starter-config"));
	}

	@Test
	void aSplitPackageIsFound() {
		Map<String, JavaClasses> modules = Map.of("one", fixture("policy"), "other", fixture("policy"));
		assertThat(ModuleRules.splitPackages(modules)).containsExactly(FIXTURE + ".policy is split over [one, other]");
	}

	private static void assertViolated(ArchRule rule, String fixture, String fault) {
		assertThat(violations(rule, fixture)).anySatisfy((violation) -> assertThat(violation).contains(fault));
	}

	private static List<String> violations(ArchRule rule, String... fixtures) {
		return rule.evaluate(fixture(fixtures)).getFailureReport().getDetails();
	}

	private static JavaClasses fixture(String... names) {
		return new ClassFileImporter()
			.importPackages(Arrays.stream(names).map((name) -> FIXTURE + "." + name).toArray(String[]::new));
	}

}
