// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.governance.verification.SourceTree;
import io.governance.verification.SourceTree.Module;
import io.governance.verification.SuiteClasses;
import io.governance.verification.metadata.ConfigurationMetadata.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.Name;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users' tools read: metadata of settings and lists of auto-configurations.
 */
class ConfigurationMetadataTests {

	private static final String PROPERTIES = "org.springframework.boot.context.properties.ConfigurationProperties";

	private static final String AUTO_CONFIGURATION = "org.springframework.boot.autoconfigure.AutoConfiguration";

	private static final String IMPORTS = "META-INF/spring/" + AUTO_CONFIGURATION + ".imports";

	static Stream<Module> modules() {
		return SourceTree.find().modulesWithCode().stream().filter((module) -> !module.isDemo());
	}

	@ParameterizedTest
	@MethodSource("modules")
	void eachPropertyIsDescribedInPlainText(Module module) {
		assertThat(ConfigurationMetadata.of(module)).allSatisfy((property) -> {
			assertThat(property.description()).as(property.name())
				.isNotBlank()
				.doesNotContain("{@")
				.doesNotContain("<p>");
			assertThat(property.type()).as(property.name()).isNotBlank();
		});
	}

	@ParameterizedTest
	@MethodSource("modules")
	void eachSettingHasMetadata(Module module) {
		Set<String> known = ConfigurationMetadata.of(module).stream().map(Property::name).collect(Collectors.toSet());
		List<String> unknown = new ArrayList<>();
		annotated(module, PROPERTIES).flatMap((type) -> settings(prefix(type), type))
			.filter((name) -> !known.contains(name))
			.forEach(unknown::add);
		assertThat(unknown).isEmpty();
	}

	private static String prefix(JavaClass type) {
		JavaAnnotation<JavaClass> annotation = type.getAnnotationOfType(PROPERTIES);
		return Stream.of("value", "prefix")
			.map((name) -> annotation.get(name).map(Object::toString).orElse(""))
			.filter((value) -> !value.isEmpty())
			.findFirst()
			.orElseThrow();
	}

	private static Stream<String> settings(String prefix, JavaClass type) {
		return type.getFields()
			.stream()
			.filter((field) -> !field.getModifiers().contains(JavaModifier.STATIC))
			.flatMap((field) -> {
				String name = prefix + "." + written(field);
				JavaClass nested = field.getRawType();
				return (nested.isRecord() && nested.getEnclosingClass().equals(Optional.of(type)))
						? settings(name, nested) : Stream.of(name);
			});
	}

	private static String written(JavaField field) {
		String written = field.tryGetAnnotationOfType(Name.class).map(Name::value).orElse(field.getName());
		return written.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

	@ParameterizedTest
	@MethodSource("modules")
	void autoConfigurationsAreListedAndListedOnesAreThere(Module module) {
		Set<String> written = annotated(module, AUTO_CONFIGURATION).map(JavaClass::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(listed(module)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
	}

	private static List<String> listed(Module module) {
		return SourceTree.files(module.classes(), IMPORTS)
			.stream()
			.flatMap((file) -> SourceTree.read(file).lines())
			.map((line) -> line.replaceFirst("#.*", "").trim())
			.filter((line) -> !line.isEmpty())
			.toList();
	}

	private static Stream<JavaClass> annotated(Module module, String annotation) {
		return SuiteClasses.get().module(module.name()).stream().filter((type) -> type.isAnnotatedWith(annotation));
	}

}
