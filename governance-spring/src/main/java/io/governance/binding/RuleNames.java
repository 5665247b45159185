// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Which rules are written, over all property sources. Names are compared in Boot's
 * uniform form, so that an environment variable, which knows neither dashes nor case,
 * means the same rule as a file.
 */
final class RuleNames {

	static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("governance.rules");

	private static final int TYPE = 2;

	private static final int ID = 3;

	private final Map<String, RuleName> names = new LinkedHashMap<>();

	RuleNames(Iterable<ConfigurationPropertySource> sources) {
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(ROOT::isAncestorOf).forEach(this::add);
			}
		}
	}

	private void add(ConfigurationPropertyName property) {
		String type = property.getElement(TYPE, Form.ORIGINAL);
		if (property.getNumberOfElements() <= ID) {
			String uniform = property.getElement(TYPE, Form.UNIFORM);
			this.names.putIfAbsent(uniform, new RuleName(type, null, property));
			return;
		}
		String uniform = property.getElement(TYPE, Form.UNIFORM) + "." + property.getElement(ID, Form.UNIFORM);
		RuleName name = new RuleName(type, property.getElement(ID, Form.ORIGINAL), property);
		this.names.merge(uniform, name, RuleName::clearer);
	}

	Collection<RuleName> all() {
		return this.names.values();
	}

}
