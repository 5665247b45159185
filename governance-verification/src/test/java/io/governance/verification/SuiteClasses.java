// SPDX-License-Identifier: Apache-2.0

package io.governance.verification;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.governance.verification.SourceTree.Module;

/**
 * The compiled main classes of all modules, read once. Immutable.
 */
public final class SuiteClasses {

	private final SourceTree tree;

	private final JavaClasses all;

	private final Map<String, JavaClasses> byModule = new LinkedHashMap<>();

	private SuiteClasses(SourceTree tree) {
		this.tree = tree;
		List<Module> modules = tree.modulesWithCode();
		for (Module module : modules) {
			if (!Files.isDirectory(module.classes())) {
				throw new IllegalStateException(
						"module " + module.name() + ": not compiled (expected: " + module.classes() + ")");
			}
		}
		this.all = new ClassFileImporter().importPaths(modules.stream().map(Module::classes).toList());
		for (Module module : modules) {
			this.byModule.put(module.name(), in(module.name(), module::equals));
		}
	}

	/**
	 * The classes of the tree around the working directory.
	 * @return the classes
	 */
	public static SuiteClasses get() {
		return Holder.CLASSES;
	}

	/**
	 * All classes.
	 * @return those of all modules, the demo included
	 */
	public JavaClasses all() {
		return this.all;
	}

	/**
	 * What users build on.
	 * @return everything but the demo
	 */
	public JavaClasses suite() {
		return in("the suite", (module) -> !module.isDemo());
	}

	/**
	 * The modules that only contribute to applications and are none themselves.
	 * @return their classes
	 */
	public JavaClasses startersAndSpring() {
		return in("starters and spring", (module) -> module.isStarter() || module.name().equals("governance-spring"));
	}

	/**
	 * The classes of a module.
	 * @param name the module
	 * @return its classes
	 */
	public JavaClasses module(String name) {
		JavaClasses classes = this.byModule.get(name);
		if (classes == null) {
			throw new IllegalArgumentException(
					"module: " + name + " (expected: one of " + this.byModule.keySet() + ")");
		}
		return classes;
	}

	/**
	 * The classes by module.
	 * @return classes by the name of their module, in the order of the build
	 */
	public Map<String, JavaClasses> byModule() {
		return this.byModule;
	}

	private JavaClasses in(String description, Predicate<Module> modules) {
		List<String> directories = this.tree.modulesWithCode()
			.stream()
			.filter(modules)
			.map((module) -> module.classes().toUri().toString())
			.toList();
		return this.all.that(DescribedPredicate.describe("lie in " + description, (type) -> liesIn(type, directories)));
	}

	private static boolean liesIn(JavaClass type, List<String> directories) {
		return type.getSource()
			.map((source) -> source.getUri().toString())
			.filter((uri) -> directories.stream().anyMatch(uri::startsWith))
			.isPresent();
	}

	private static final class Holder {

		private static final SuiteClasses CLASSES = new SuiteClasses(SourceTree.find());

	}

}
