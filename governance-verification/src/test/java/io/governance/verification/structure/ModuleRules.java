// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Rules between modules.
 */
final class ModuleRules {

	private static final Set<String> KERNEL = Set.of("governance-core", "governance-spring");

	private static final Set<String> STARTERS = Set.of("governance-starter-discovery", "governance-starter-resilience",
			"governance-starter-tracing", "governance-starter-config");

	/**
	 * What each module may name, itself left out. A module that is not listed may name
	 * what the demo may.
	 */
	private static final Map<String, Set<String>> MAY_NAME = Map.of("governance-core", Set.of(), "governance-spring",
			Set.of("governance-core"), "governance-embedded-consul", Set.of("governance-core"), "governance-test",
			KERNEL, "governance-starter-discovery", KERNEL, "governance-starter-resilience", KERNEL,
			"governance-starter-tracing", KERNEL, "governance-starter-config", KERNEL, "governance-config-server",
			Set.of("governance-core", "governance-spring", "governance-starter-discovery",
					"governance-starter-tracing"));

	static final ArchRule CORE_IS_PLAIN_JAVA = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "jakarta..", "reactor..", "io.micrometer..", "tools.jackson..",
				"com.fasterxml..")
		.because("the kernel decides for every stack and belongs to none (ADR 1)");

	private ModuleRules() {
	}

	/**
	 * Dependencies that point the wrong way.
	 * @param modules classes by module
	 * @return a sentence for each; empty when all is well
	 */
	static List<String> wrongDirections(Map<String, JavaClasses> modules) {
		List<String> faults = new ArrayList<>();
		Map<String, String> moduleOfClass = new TreeMap<>();
		modules.forEach((module, classes) -> classes.forEach((type) -> moduleOfClass.put(type.getName(), module)));
		modules.forEach((module, classes) -> {
			Set<String> allowed = MAY_NAME.getOrDefault(module, programs());
			for (JavaClass type : classes) {
				for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
					String target = moduleOfClass.get(dependency.getTargetClass().getBaseComponentType().getName());
					if (target != null && !target.equals(module) && !allowed.contains(target)) {
						faults.add(module + " may not name " + target + ": " + dependency.getDescription());
					}
				}
			}
		});
		return faults;
	}

	private static Set<String> programs() {
		Set<String> allowed = new TreeSet<>(KERNEL);
		allowed.addAll(STARTERS);
		return allowed;
	}

	/**
	 * Packages that have classes in more than one module.
	 * @param modules classes by module
	 * @return a sentence for each; empty when there are none
	 */
	static List<String> splitPackages(Map<String, JavaClasses> modules) {
		Map<String, Set<String>> modulesOfPackage = new TreeMap<>();
		modules.forEach((module, classes) -> classes
			.forEach((type) -> modulesOfPackage.computeIfAbsent(type.getPackageName(), (name) -> new TreeSet<>())
				.add(module)));
		return modulesOfPackage.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().size() > 1)
			.map((entry) -> entry.getKey() + " is split over " + entry.getValue())
			.toList();
	}

}
