// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.util.Collection;
import java.util.List;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The keys of settings (not of rules) that changed, compared in Spring Boot's relaxed
 * form.
 */
final class ChangedKeys {

	private static final List<ConfigurationPropertyName> RULES = List
		.of(ConfigurationPropertyName.of("governance.rules"), ConfigurationPropertyName.of("governance.enforcement"));

	private final List<ConfigurationPropertyName> names;

	ChangedKeys(Collection<String> keys) {
		this.names = keys.stream()
			.map((key) -> ConfigurationPropertyName.adapt(key, '.'))
			.filter((name) -> RULES.stream().noneMatch((rules) -> rules.isAncestorOf(name)))
			.toList();
	}

	boolean isEmpty() {
		return this.names.isEmpty();
	}

	/**
	 * Whether anything at or below a name has changed.
	 */
	boolean touch(String nameOrPrefix) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(nameOrPrefix, '.');
		return this.names.stream().anyMatch((changed) -> name.equals(changed) || name.isAncestorOf(changed));
	}

}
