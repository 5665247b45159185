// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.structure;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import io.governance.verification.SuiteClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The structure of the suite. That these rules can fail is shown by
 * {@link ArchitectureRulesTests}.
 */
class GovernanceArchitectureTests {

	private final SuiteClasses classes = SuiteClasses.get();

	static Stream<String> modules() {
		return SuiteClasses.get().byModule().keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("modules")
	void packagesOfAModuleHaveNoCycles(String module) {
		CodeRules.NO_PACKAGE_CYCLES.check(this.classes.module(module));
	}

	@Test
	void coreIsPlainJava() {
		ModuleRules.CORE_IS_PLAIN_JAVA.check(this.classes.module("governance-core"));
	}

	@Test
	void modulesDependInOneDirection() {
		assertThat(ModuleRules.wrongDirections(this.classes.byModule())).isEmpty();
	}

	@Test
	void noPackageIsSplitOverModules() {
		assertThat(ModuleRules.splitPackages(this.classes.byModule())).isEmpty();
	}

	@Test
	void noPackageIsAKitchenSink() {
		Stream<JavaPackage> packages = this.classes.suite().stream().map((type) -> type.getPackage()).distinct();
		assertThat(packages.flatMap((javaPackage) -> CodeRules.faultsOfSize(javaPackage).stream())).isEmpty();
	}

	@Test
	void onlyTimeReadsClocks() {
		check(CodeRules.ONLY_TIME_READS_CLOCKS);
	}

	@Test
	void nothingSleeps() {
		check(CodeRules.NOTHING_SLEEPS);
	}

	@Test
	void noStaticStateIsMutable() {
		check(CodeRules.NO_STATIC_STATE);
	}

	@Test
	void allPackagesAreNullMarked() {
		check(CodeRules.NULL_MARKED);
	}

	@Test
	void packagesAreNounsOfTheField() {
		check(CodeRules.PACKAGES_ARE_NOUNS_OF_THE_FIELD);
	}

	@Test
	void namesSayWhatATypeIs() {
		check(CodeRules.NAMES_SAY_WHAT_A_TYPE_IS);
	}

	@Test
	void theContractOfPoliciesKnowsNoRules() {
		check(PolicyRules.CONTRACT_KNOWS_NO_RULES);
	}

	@Test
	void policyPackagesHaveOneShape() {
		check(PolicyRules.POLICY_PACKAGES_HAVE_ONE_SHAPE);
	}

	@Test
	void nothingNamesAPolicy() {
		check(PolicyRules.NOTHING_NAMES_A_POLICY);
	}

	@Test
	void autoConfigurationsFollowTheConventionsOfSpringBoot() {
		check(AutoConfigurationRules.AUTO_CONFIGURATIONS_ARE_PUBLIC_AND_FINAL);
		check(AutoConfigurationRules.AUTO_CONFIGURATIONS_HAVE_NO_PUBLIC_MEMBERS);
		check(AutoConfigurationRules.BEAN_METHODS_FOLLOW_THE_CONVENTIONS);
	}

	@Test
	void conditionsAreNotPublic() {
		check(AutoConfigurationRules.CONDITIONS_ARE_NOT_PUBLIC);
	}

	@Test
	void settingsAreRecords() {
		check(AutoConfigurationRules.SETTINGS_ARE_RECORDS);
	}

	@Test
	void settingsOfStartersResideWithTheirAutoConfigurations() {
		AutoConfigurationRules.SETTINGS_RESIDE_WITH_AUTO_CONFIGURATIONS.check(this.classes.startersAndSpring());
	}

	private void check(ArchRule rule) {
		rule.check(this.classes.all());
	}

}
