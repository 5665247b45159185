// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.structure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

/**
 * Rules that hold for all code.
 */
final class CodeRules {

	static final int MAX_PUBLIC_TYPES = 12;

	private static final Set<String> PACKAGE_WORDS = Set.of("util", "utils", "common", "helper", "impl", "manager",
			"service", "dto", "model", "internal");

	private static final List<String> CLASS_SUFFIXES = List.of("Util", "Utils", "Helper", "Manager", "Impl", "Data",
			"Info");

	private static final Set<String> CLOCKS = Set.of("java.lang.System#nanoTime", "java.lang.System#currentTimeMillis",
			"java.time.Instant#now", "java.time.LocalDate#now", "java.time.LocalTime#now",
			"java.time.LocalDateTime#now", "java.time.OffsetDateTime#now", "java.time.ZonedDateTime#now",
			"java.time.Clock#systemUTC", "java.time.Clock#systemDefaultZone", "java.time.Clock#system",
			"java.time.InstantSource#system");

	private static final Set<String> SLEEPS = Set.of("java.lang.Thread#sleep", "java.util.concurrent.TimeUnit#sleep");

	static final ArchRule NO_PACKAGE_CYCLES = SlicesRuleDefinition.slices()
		.assignedFrom(byPackage())
		.should()
		.beFreeOfCycles()
		.because("a package must be understood with the packages that it needs, not with all of them");

	static final ArchRule ONLY_TIME_READS_CLOCKS = noClasses().that()
		.resideOutsideOfPackage("io.governance.time")
		.should()
		.accessTargetWhere(isOneOf("reads a clock", CLOCKS))
		.because("time is passed in: take an io.governance.time.TimeSource");

	static final ArchRule NOTHING_SLEEPS = noClasses().should()
		.accessTargetWhere(isOneOf("sleeps", SLEEPS))
		.because(
				"a sleeping thread belongs to somebody: schedule instead, or park with a bound on the caller's thread");

	static final ArchRule NO_STATIC_STATE = noFields().that()
		.areStatic()
		.should()
		.notBeFinal()
		.because("static mutable state is shared by all applications and tests of a process");

	static final ArchRule NULL_MARKED = classes().should(Conditions.condition("reside in a package that is @NullMarked",
			(type) -> type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked") ? List.of()
					: List.of(type.getPackageName() + " is not @NullMarked (" + type.getName() + ")")));

	static final ArchRule PACKAGES_ARE_NOUNS_OF_THE_FIELD = classes()
		.should(Conditions.condition("reside in packages without words such as util and impl",
				(type) -> Arrays.stream(type.getPackageName().split("\\."))
					.filter(PACKAGE_WORDS::contains)
					.map((word) -> type.getName() + " resides in a package named " + word)
					.toList()));

	static final ArchRule NAMES_SAY_WHAT_A_TYPE_IS = classes()
		.should(Conditions.condition("have names without endings such as Util and Impl",
				(type) -> CLASS_SUFFIXES.stream()
					.filter(type.getSimpleName()::endsWith)
					.map((suffix) -> type.getName() + " ends with " + suffix)
					.toList()));

	private CodeRules() {
	}

	private static DescribedPredicate<JavaAccess<?>> isOneOf(String description, Set<String> members) {
		return DescribedPredicate.describe("something that " + description, (access) -> {
			String owner = access.getTargetOwner().getName();
			boolean fromClock = access.getTarget() instanceof CodeUnitAccessTarget unit && unit.getRawParameterTypes()
				.stream()
				.anyMatch((type) -> type.getName().equals("java.time.Clock"));
			return !fromClock && members.contains(owner + "#" + access.getName());
		});
	}

	private static SliceAssignment byPackage() {
		return new SliceAssignment() {

			@Override
			public SliceIdentifier getIdentifierOf(JavaClass type) {
				return SliceIdentifier.of(type.getPackageName());
			}

			@Override
			public String getDescription() {
				return "packages";
			}

		};
	}

	/**
	 * What is wrong with the size of a package.
	 * @param javaPackage the package
	 * @return faults; empty when small enough
	 */
	static List<String> faultsOfSize(JavaPackage javaPackage) {
		List<String> types = javaPackage.getClasses()
			.stream()
			// Spring Boot wants these public; nobody names them
			.filter((type) -> !type.isAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration"))
			.filter((type) -> type.isTopLevelClass() && !type.isArray()
					&& type.getModifiers().contains(JavaModifier.PUBLIC)
					// public by Spring Boot's convention, and used by no one
					&& !type.isAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration"))
			.map(JavaClass::getSimpleName)
			.sorted(Comparator.naturalOrder())
			.toList();
		return (types.size() <= MAX_PUBLIC_TYPES) ? List.of() : List.of(javaPackage.getName() + " has " + types.size()
				+ " public types (expected: at most " + MAX_PUBLIC_TYPES + "): " + types);
	}

}
