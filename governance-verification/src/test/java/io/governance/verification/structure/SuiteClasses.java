// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.structure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.governance.verification.SourceTree;
import io.governance.verification.SourceTree.Module;

/**
 * The compiled main classes of all modules.
 */
final class SuiteClasses {

	private final SourceTree tree;

	private final JavaClasses all;

	private final Map<String, JavaClasses> byModule = new LinkedHashMap<>();

	SuiteClasses(SourceTree tree) {
		this.tree = tree;
		List<Module> modules = tree.modulesWithCode();
		for (Module module : modules) {
			if (!Files.isDirectory(module.classes())) {
				throw new IllegalStateException(
						"module " + module.name() + ": not compiled (expected: " + module.classes() + ")");
			}
		}
		List<Path> directories = modules.stream().map(Module::classes).toList();
		this.all = new ClassFileImporter().importPaths(directories);
		for (Module module : modules) {
			this.byModule.put(module.name(), this.all.that(liesIn(module)));
		}
	}

	JavaClasses all() {
		return this.all;
	}

	/**
	 * What users build on: everything but the demo.
	 */
	JavaClasses suite() {
		return this.all.that(DescribedPredicate.describe("are part of the suite",
				(type) -> !type.getPackageName().startsWith("io.governance.demo")));
	}

	/**
	 * The modules that only contribute to applications and are none themselves.
	 */
	JavaClasses startersAndSpring() {
		List<Path> directories = this.tree.modulesWithCode()
			.stream()
			.filter((module) -> module.isStarter() || module.name().equals("governance-spring"))
			.map(Module::classes)
			.toList();
		return new ClassFileImporter().importPaths(directories);
	}

	JavaClasses module(String name) {
		JavaClasses classes = this.byModule.get(name);
		if (classes == null) {
			throw new IllegalArgumentException(
					"module: " + name + " (expected: one of " + this.byModule.keySet() + ")");
		}
		return classes;
	}

	Map<String, JavaClasses> byModule() {
		return this.byModule;
	}

	private static DescribedPredicate<JavaClass> liesIn(Module module) {
		String directory = module.classes().toUri().toString();
		return DescribedPredicate.describe("lie in " + module.name(),
				(type) -> type.getSource()
					.map((source) -> source.getUri().toString().startsWith(directory))
					.orElse(false));
	}

}
