// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The shape of policies. A policy package is one that declares a rule type.
 */
final class PolicyRules {

	private static final String RULE = "io.governance.rule.Rule";

	private static final String RULE_TYPE = "io.governance.rule.RuleType";

	private static final Set<String> POLICIES = Set.of("io.governance.policy.Policy",
			"io.governance.execution.ExecutionPolicy", "io.governance.observation.ObservationPolicy",
			"io.governance.selection.SelectionPolicy");

	private static final int MAX_PUBLIC_TYPES = 3;

	static final ArchRule CONTRACT_KNOWS_NO_RULES = noClasses().that()
		.resideInAPackage("io.governance.policy")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.governance.policy.*..", "io.governance.rule..", "io.governance.engine..")
		.because("the contract is what rules, engine and policies are made of");

	static final ArchRule POLICY_PACKAGES_HAVE_ONE_SHAPE = classes().that(areRuleTypes())
		.should(Conditions.condition("have a package of one rule, one rule type and one policy",
				(type) -> faultsOfShape(type.getPackage())))
		.because("""
				siblings of one shape are understood once. Beside rule and rule type only records may be public \
				that a component of the rule is made of: the binder must reach them.""");

	static final ArchRule NOTHING_NAMES_A_POLICY = classes().that(areRuleTypes())
		.should(Conditions.condition("have a package that no other class names",
				(type) -> namedFromOutside(type.getPackage())))
		.because("a rule type is found by the service loader or as a bean: a new one edits nothing else");

	private PolicyRules() {
	}

	static DescribedPredicate<JavaClass> areRuleTypes() {
		return DescribedPredicate.describe("are rule types",
				(type) -> type.isAssignableTo(RULE_TYPE) && !type.isInterface() && !isTestKit(type));
	}

	private static List<String> faultsOfShape(JavaPackage policy) {
		List<String> faults = new ArrayList<>();
		expectOne(policy, "record that ends with Rule", faults,
				(type) -> type.isRecord() && type.isAssignableTo(RULE) && type.getSimpleName().endsWith("Rule"));
		expectOne(policy, "final class that ends with RuleType", faults, (type) -> areRuleTypes().test(type)
				&& type.getSimpleName().endsWith("RuleType") && type.getModifiers().contains(JavaModifier.FINAL));
		expectOne(policy, "package-private class that ends with Policy", faults,
				(type) -> POLICIES.stream().anyMatch(type::isAssignableTo) && type.getSimpleName().endsWith("Policy")
						&& !isPublic(type));
		Set<String> bound = bound(policy);
		List<JavaClass> others = topLevel(policy)
			.filter((type) -> isPublic(type) && !type.isAssignableTo(RULE) && !areRuleTypes().test(type))
			.toList();
		others.stream()
			.filter((type) -> !type.isRecord() || !bound.contains(type.getName()))
			.forEach((type) -> faults.add(type.getName() + " is public and no component of the rule"));
		long parts = others.stream().filter((type) -> !type.isRecord()).count();
		if (parts + 2 > MAX_PUBLIC_TYPES) {
			faults.add(policy.getName() + " has " + (parts + 2) + " public types (expected: at most " + MAX_PUBLIC_TYPES
					+ ")");
		}
		return faults;
	}

	private static void expectOne(JavaPackage policy, String what, List<String> faults, Predicate<JavaClass> test) {
		List<String> found = topLevel(policy).filter(test).map(JavaClass::getSimpleName).toList();
		if (found.size() != 1) {
			faults.add(policy.getName() + " has " + found + " (expected: exactly one " + what + ")");
		}
	}

	/**
	 * The types of the components of the package's rules.
	 */
	private static Set<String> bound(JavaPackage policy) {
		Set<String> bound = new TreeSet<>();
		topLevel(policy).filter((type) -> type.isAssignableTo(RULE))
			.flatMap((type) -> type.getFields().stream())
			.flatMap((field) -> field.getAllInvolvedRawTypes().stream())
			.forEach((type) -> bound.add(type.getName()));
		return bound;
	}

	private static List<String> namedFromOutside(JavaPackage policy) {
		return policy.getClassDependenciesToThisPackage()
			.stream()
			.filter((dependency) -> !dependency.getOriginClass().getPackageName().equals(policy.getName()))
			.filter((dependency) -> !isTestKit(dependency.getOriginClass()))
			.map(Dependency::getDescription)
			.sorted()
			.toList();
	}

	private static Stream<JavaClass> topLevel(JavaPackage policy) {
		return policy.getClasses().stream().filter((type) -> type.isTopLevelClass() && !type.isArray());
	}

	/**
	 * Tests may know all rules, and make up new ones.
	 */
	private static boolean isTestKit(JavaClass type) {
		return (type.getPackageName() + ".").startsWith("io.governance.test.");
	}

	private static boolean isPublic(JavaClass type) {
		return type.getModifiers().contains(JavaModifier.PUBLIC);
	}

}
