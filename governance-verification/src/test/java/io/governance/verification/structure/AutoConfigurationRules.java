// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/**
 * Spring Boot's own conventions for auto-configurations, conditions and settings.
 */
final class AutoConfigurationRules {

	private static final String AUTO_CONFIGURATION = "org.springframework.boot.autoconfigure.AutoConfiguration";

	private static final String BEAN = "org.springframework.context.annotation.Bean";

	private static final String CONDITIONS = "org.springframework.boot.autoconfigure.condition.";

	private static final String PROPERTIES = "org.springframework.boot.context.properties.ConfigurationProperties";

	/**
	 * Beans of these types add to others: a second one does no harm, so they need not
	 * back off. Nor need beans of types that users cannot name.
	 */
	private static final Set<String> CONTRIBUTIONS = Set.of(
			"org.springframework.beans.factory.config.BeanPostProcessor",
			"org.springframework.beans.factory.config.BeanFactoryPostProcessor",
			"org.springframework.context.ApplicationListener",
			"org.springframework.boot.web.servlet.FilterRegistration",
			"io.micrometer.core.instrument.binder.MeterBinder", "io.governance.actuate.EnforcementPoint",
			"org.springframework.web.servlet.config.annotation.WebMvcConfigurer");

	private static final int MAX_BEANS = 6;

	static final ArchRule AUTO_CONFIGURATIONS_ARE_PUBLIC_AND_FINAL = classes().that()
		.areAnnotatedWith(AUTO_CONFIGURATION)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.andShould()
		.resideInAPackage("..autoconfigure..");

	static final ArchRule AUTO_CONFIGURATIONS_HAVE_NO_PUBLIC_MEMBERS = classes().that()
		.areAnnotatedWith(AUTO_CONFIGURATION)
		.should(Conditions.condition("have no public members",
				(type) -> type.getMembers()
					.stream()
					.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC))
					.filter((member) -> !(member instanceof JavaConstructor) && !isConstant(member))
					.map((member) -> member.getFullName() + " is public")
					.toList()))
		.because("what an auto-configuration supplies is its beans; orders that others need may be public constants");

	static final ArchRule BEAN_METHODS_FOLLOW_THE_CONVENTIONS = classes().that(configureBeans())
		.should(Conditions.condition("have bean methods that follow the conventions",
				AutoConfigurationRules::faultsOfBeanMethods));

	static final ArchRule CONDITIONS_ARE_NOT_PUBLIC = classes().that()
		.areAssignableTo("org.springframework.context.annotation.Condition")
		.should()
		.notBePublic()
		.because("users name the annotation, not the class behind it");

	static final ArchRule SETTINGS_ARE_RECORDS = classes().that()
		.areAnnotatedWith(PROPERTIES)
		.should()
		.beRecords()
		.andShould()
		.haveSimpleNameEndingWith("Properties")
		.because("settings are fixed at the start: what must change live is a rule");

	static final ArchRule SETTINGS_RESIDE_WITH_AUTO_CONFIGURATIONS = classes().that()
		.areAnnotatedWith(PROPERTIES)
		.should()
		.resideInAnyPackage("..autoconfigure", "io.governance.config")
		.because(
				"""
						that is where a reader who knows Spring Boot looks for them. Those of the config starter are read before \
						there is a context, too, and reside above both readers.""");

	private AutoConfigurationRules() {
	}

	private static boolean isConstant(JavaMember member) {
		return member instanceof JavaField
				&& member.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL));
	}

	private static DescribedPredicate<JavaClass> configureBeans() {
		return DescribedPredicate.describe("are auto-configurations or nested in one", (type) -> {
			JavaClass outer = type;
			while (outer.getEnclosingClass().isPresent()) {
				outer = outer.getEnclosingClass().get();
			}
			return outer.isAnnotatedWith(AUTO_CONFIGURATION);
		});
	}

	private static List<String> faultsOfBeanMethods(JavaClass type) {
		List<String> faults = new ArrayList<>();
		List<JavaMethod> beans = type.getMethods().stream().filter((method) -> method.isAnnotatedWith(BEAN)).toList();
		for (JavaMethod bean : beans) {
			String name = bean.getFullName();
			Set<JavaModifier> modifiers = bean.getModifiers();
			if (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PRIVATE)
					|| modifiers.contains(JavaModifier.PROTECTED)) {
				faults.add(name + " is not package-private");
			}
			if (bean.isAnnotatedWith(CONDITIONS + "ConditionalOnClass")) {
				faults.add(name + " is conditional on a class (expected: a nested configuration that is)");
			}
			if (isPostProcessor(bean) && !modifiers.contains(JavaModifier.STATIC)) {
				faults.add(name + " makes a post-processor and is not static");
			}
			if (!backsOff(bean)) {
				faults.add(name + " does not back off (expected: @ConditionalOnMissingBean)");
			}
		}
		if (beans.size() > MAX_BEANS) {
			faults.add(type.getName() + " makes " + beans.size() + " beans (expected: at most " + MAX_BEANS + ")");
		}
		return faults;
	}

	private static boolean isPostProcessor(JavaMethod bean) {
		return CONTRIBUTIONS.stream()
			.filter((name) -> name.endsWith("PostProcessor"))
			.anyMatch(bean.getRawReturnType()::isAssignableTo);
	}

	private static boolean backsOff(JavaMethod bean) {
		JavaClass made = bean.getRawReturnType();
		return bean.getAnnotations()
			.stream()
			.anyMatch((annotation) -> annotation.getRawType().getSimpleName().startsWith("ConditionalOnMissing"))
				|| !made.getModifiers().contains(JavaModifier.PUBLIC) || made.getName().endsWith("Customizer")
				|| CONTRIBUTIONS.stream().anyMatch(made::isAssignableTo);
	}

}
