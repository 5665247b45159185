// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.governance.metrics.GovernanceMeter;
import io.governance.metrics.GovernanceMeter.MeterTag;
import io.governance.verification.SourceTree;
import io.governance.verification.SuiteClasses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every meter is in the list, and every meter in the list is emitted.
 */
class GovernanceMeterTests {

	/** Names that are somebody else's: they are documented where they are written. */
	private static final String FOREIGN_NAMES = "io.governance.tracing.metrics..";

	private static final Set<String> REGISTRATIONS = Set.of("counter", "gauge", "gaugeCollectionSize", "gaugeMapSize",
			"timer", "summary");

	private static final ArchRule METERS_COME_FROM_THE_LIST = noClasses().that()
		.doNotBelongToAnyOf(GovernanceMeter.class)
		.and()
		.resideOutsideOfPackage(FOREIGN_NAMES)
		.should()
		.accessTargetWhere(
				DescribedPredicate.describe("names a meter of its own", GovernanceMeterTests::namesAMeterOfItsOwn))
		.because("all meters are listed in GovernanceMeter: start from a constant of it");

	private static boolean namesAMeterOfItsOwn(JavaAccess<?> access) {
		String owner = access.getTargetOwner().getName();
		if (!owner.startsWith("io.micrometer.core.instrument.")) {
			return false;
		}
		return access.getName().equals("builder")
				|| owner.equals(MeterRegistry.class.getName()) && REGISTRATIONS.contains(access.getName());
	}

	@Test
	void metersComeFromTheList() {
		METERS_COME_FROM_THE_LIST.check(SuiteClasses.get().all());
	}

	@Test
	void metersThatDoNotComeFromTheListAreFound() {
		JavaClasses fixture = new ClassFileImporter().importClasses(WithItsOwnMeters.class);
		assertThat(METERS_COME_FROM_THE_LIST.evaluate(fixture).getFailureReport().getDetails()).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource
	void isEmittedByTheModuleItNames(GovernanceMeter meter) {
		assertThat(SourceTree.find().module(meter.module()).hasCode()).isTrue();
		Set<String> emitters = SuiteClasses.get()
			.byModule()
			.entrySet()
			.stream()
			.filter((module) -> uses(module.getValue(), meter))
			.map((module) -> module.getKey())
			.collect(Collectors.toSet());
		assertThat(emitters).containsExactly(meter.module());
	}

	private static boolean uses(JavaClasses classes, GovernanceMeter meter) {
		return classes.stream()
			.filter((type) -> !type.isEquivalentTo(GovernanceMeter.class))
			.flatMap((type) -> type.getFieldAccessesFromSelf().stream())
			.map(JavaFieldAccess::getTarget)
			.anyMatch((field) -> field.getOwner().isEquivalentTo(GovernanceMeter.class)
					&& field.getName().equals(meter.name()));
	}

	@ParameterizedTest
	@EnumSource
	void isNamedAndDescribedLikeItsSiblings(GovernanceMeter meter) {
		assertThat(meter.meterName()).matches("governance(\\.[a-z]+)+");
		assertThat(meter.name())
			.isEqualTo(meter.meterName().replace("governance.", "").replace('.', '_').toUpperCase());
		assertThat(meter.description()).matches("[A-Z0-9].*[^.]");
		assertThat(meter.tags()).extracting(MeterTag::key)
			.doesNotHaveDuplicates()
			.allMatch((key) -> key.matches("[a-z]+(\\.[a-z]+)*"))
			// what Prometheus sets itself
			.doesNotContain("instance", "job", "le", "quantile");
	}

	@Test
	void isSortedByName() {
		List<String> names = Stream.of(GovernanceMeter.values()).map(GovernanceMeter::meterName).toList();
		assertThat(names).isEqualTo(Arrays.stream(names.toArray()).sorted().toList()).doesNotHaveDuplicates();
	}

	/**
	 * What must not be.
	 */
	static final class WithItsOwnMeters {

		void register(MeterRegistry registry) {
			Counter.builder("governance.unheard.of").register(registry);
			registry.counter("governance.of.unheard");
		}

	}

}
