// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Which rules are written, over all property sources. Names are compared in Boot's
 * uniform form, so that an environment variable, which knows neither dashes nor case,
 * means the same rule as a file.
 */
final class RuleNames {

	static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("governance.rules");

	private final Map<String, RuleName> names = new LinkedHashMap<>();

	private final Map<String, RuleName> twins = new LinkedHashMap<>();

	RuleNames(Iterable<ConfigurationPropertySource> sources) {
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				// the environment may have names with dashes beside those without
				boolean environment = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				Map<String, String> spellings = new HashMap<>();
				iterable.stream()
					.filter(ROOT::isAncestorOf)
					.map(RuleName::of)
					.forEach((name) -> add(name, spellings, environment));
			}
		}
	}

	private void add(RuleName name, Map<String, String> spellings, boolean environment) {
		this.names.merge(name.uniform(), name, RuleName::clearer);
		String first = spellings.putIfAbsent(name.uniform(), name.written());
		if (first != null && !first.equals(name.written()) && !environment) {
			this.twins.putIfAbsent(first, name);
		}
	}

	Collection<RuleName> all() {
		return this.names.values();
	}

	/**
	 * Rules that one source writes in two ways: they are meant as two, and would be bound
	 * as one.
	 * @return the rule in its second spelling, by the first one
	 */
	Map<String, RuleName> twins() {
		return this.twins;
	}

}
