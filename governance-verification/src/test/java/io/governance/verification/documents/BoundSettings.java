// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Binds settings to the records of all modules that take them, with unknown keys as
 * faults.
 */
final class BoundSettings {

	private static final List<ConfigurationPropertyName> RULES = List.of(
			ConfigurationPropertyName.of("governance.rules"), ConfigurationPropertyName.of("governance.enforcement"),
			ConfigurationPropertyName.of("governance.defaults"),
			ConfigurationPropertyName.of("governance.unknown-rule-types"));

	private final Map<ConfigurationPropertyName, Class<?>> types = new TreeMap<>();

	BoundSettings() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		for (BeanDefinition candidate : scanner.findCandidateComponents("io.governance")) {
			Class<?> type = ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()), null);
			if (type.isRecord()) {
				String prefix = MergedAnnotations.from(type).get(ConfigurationProperties.class).getString("prefix");
				this.types.put(ConfigurationPropertyName.of(prefix), type);
			}
		}
	}

	Map<ConfigurationPropertyName, Class<?>> types() {
		return this.types;
	}

	/**
	 * What is wrong with settings.
	 * @param properties properties, settings of others and rules among them
	 * @return faults; empty when all is well
	 */
	List<String> faults(Map<String, Object> properties) {
		Map<ConfigurationPropertyName, Map<String, Object>> byPrefix = new LinkedHashMap<>();
		List<String> faults = new ArrayList<>();
		properties.forEach((name, value) -> {
			ConfigurationPropertyName property = ConfigurationPropertyName.adapt(name, '.');
			if (!ConfigurationPropertyName.of("governance").isAncestorOf(property)
					|| RULES.stream().anyMatch((rules) -> rules.equals(property) || rules.isAncestorOf(property))) {
				return;
			}
			ConfigurationPropertyName prefix = prefix(property);
			if (prefix == null) {
				faults.add(name + ": unknown setting");
			}
			else {
				byPrefix.computeIfAbsent(prefix, (key) -> new LinkedHashMap<>()).put(name, value);
			}
		});
		byPrefix.forEach((prefix, settings) -> bind(prefix, settings, faults));
		return faults;
	}

	private @Nullable ConfigurationPropertyName prefix(ConfigurationPropertyName property) {
		return this.types.keySet()
			.stream()
			.filter((prefix) -> prefix.isAncestorOf(property))
			.max((one, other) -> Integer.compare(one.getNumberOfElements(), other.getNumberOfElements()))
			.orElse(null);
	}

	private void bind(ConfigurationPropertyName prefix, Map<String, Object> settings, List<String> faults) {
		Binder binder = new Binder(List.of(new MapConfigurationPropertySource(settings)), null,
				new ApplicationConversionService());
		try {
			binder.bind(prefix, Bindable.of(this.types.get(prefix)),
					new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
		}
		catch (BindException ex) {
			faults.add(ex.getMessage() + ": " + ex.getCause());
		}
	}

}
