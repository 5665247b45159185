// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;
import org.junit.platform.commons.annotation.Testable;

/**
 * A contract, and the tests that hold adapters to it.
 *
 * @param contract the type with its scenarios
 * @param tests a test for each adapter
 */
record ContractTable(JavaClass contract, List<JavaClass> tests) {

	String name() {
		return this.contract.getSimpleName();
	}

	/**
	 * The scenarios.
	 * @return their names, by the name of the type that declares them
	 */
	SortedMap<String, SortedSet<String>> scenarios() {
		SortedMap<String, SortedSet<String>> scenarios = new TreeMap<>();
		for (JavaClass part : this.contract.getAllClassesSelfIsAssignableTo()) {
			part.getMethods()
				.stream()
				.filter(ContractTable::isTest)
				.forEach((method) -> scenarios.computeIfAbsent(part.getSimpleName(), (name) -> new TreeSet<>())
					.add(method.getName()));
		}
		return scenarios;
	}

	static String adapter(JavaClass test) {
		return test.getAnnotationOfType(Adapter.class).value();
	}

	/**
	 * Why a scenario does not apply.
	 * @return the reason; empty where it does
	 */
	Optional<String> reason(JavaClass test, String scenario) {
		return overrides(test).filter((method) -> method.getName().equals(scenario))
			.flatMap((method) -> method.tryGetAnnotationOfType(NotApplicable.class).stream())
			.map(NotApplicable::value)
			.findFirst();
	}

	/**
	 * What tests hide of the contract, or do not say.
	 * @return one sentence each
	 */
	List<String> faults() {
		List<String> faults = new ArrayList<>();
		if (this.tests.isEmpty()) {
			faults.add(name() + " has no adapter");
		}
		for (JavaClass test : this.tests) {
			if (!test.isAnnotatedWith(Adapter.class)) {
				faults.add(test.getSimpleName() + " does not say what it holds to " + name() + " (expected: @Adapter)");
			}
			overrides(test).flatMap((method) -> fault(method).stream()).forEach(faults::add);
			unused(test).forEach(faults::add);
		}
		return faults;
	}

	private static Optional<String> fault(JavaMethod override) {
		String method = override.getOwner().getSimpleName() + "." + override.getName();
		Optional<String> reason = override.tryGetAnnotationOfType(NotApplicable.class).map(NotApplicable::value);
		if (reason.isEmpty()) {
			return Optional.of(method + " hides a scenario (expected: @NotApplicable, or no such method)");
		}
		if (reason.get().isBlank()) {
			return Optional.of(method + " gives no reason");
		}
		return isTest(override) ? Optional.of(method + " is not applicable and a test") : Optional.empty();
	}

	private Stream<String> unused(JavaClass test) {
		Set<String> names = names();
		return outsideOfContract(test).filter((method) -> method.isAnnotatedWith(NotApplicable.class))
			.filter((method) -> !names.contains(method.getName()))
			.map((method) -> method.getOwner().getSimpleName() + "." + method.getName() + " is no scenario");
	}

	private Stream<JavaMethod> overrides(JavaClass test) {
		Set<String> names = names();
		return outsideOfContract(test).filter((method) -> names.contains(method.getName()));
	}

	private Stream<JavaMethod> outsideOfContract(JavaClass test) {
		Set<JavaClass> contract = this.contract.getAllClassesSelfIsAssignableTo();
		return test.getAllClassesSelfIsAssignableTo()
			.stream()
			.filter((type) -> !contract.contains(type))
			.flatMap((type) -> type.getMethods().stream());
	}

	private Set<String> names() {
		return scenarios().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
	}

	private static boolean isTest(JavaMethod method) {
		return method.isMetaAnnotatedWith(Testable.class);
	}

}
