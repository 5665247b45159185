// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.contracts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.Contract;
import io.governance.verification.SourceTree;
import io.governance.verification.SourceTree.Module;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;

/**
 * Finds contracts and adapters among compiled classes.
 */
final class Contracts {

	private Contracts() {
	}

	/**
	 * Those of the tree around the working directory, wherever tests are compiled. Read
	 * once.
	 */
	static List<ContractTable> all() {
		return Holder.ALL;
	}

	private static List<ContractTable> of(SourceTree tree) {
		Stream<Path> tests = tree.modules().stream().map(Module::testClasses).filter(Files::isDirectory);
		Stream<Path> published = Stream.of(tree.module("governance-test").classes());
		return of(new ClassFileImporter().importPaths(Stream.concat(published, tests).toList())
			.that(resideOutsideOfPackage("io.governance.verification.contracts.fixture")));
	}

	static List<ContractTable> of(JavaClasses classes) {
		return classes.stream()
			.filter((type) -> type.isAnnotatedWith(Contract.class))
			.sorted(Comparator.comparing(JavaClass::getSimpleName))
			.map((contract) -> new ContractTable(contract, tests(classes, contract)))
			.toList();
	}

	private static List<JavaClass> tests(JavaClasses classes, JavaClass contract) {
		return classes.stream()
			.filter((type) -> type.isAssignableTo(contract.getName()))
			.filter((type) -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
			.sorted(Comparator.comparing(Contracts::order).thenComparing(JavaClass::getName))
			.toList();
	}

	private static String order(JavaClass test) {
		return test.tryGetAnnotationOfType(Adapter.class)
			.map((adapter) -> adapter.value().replace("`", "").toLowerCase(Locale.ROOT))
			.orElse("");
	}

	private static final class Holder {

		private static final List<ContractTable> ALL = of(SourceTree.find());

	}

}
