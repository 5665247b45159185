// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.Origin;

/**
 * Finds out where a property was written.
 */
final class RuleOrigins {

	private final Iterable<ConfigurationPropertySource> sources;

	RuleOrigins(Iterable<ConfigurationPropertySource> sources) {
		this.sources = sources;
	}

	@Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	static String describe(@Nullable ConfigurationProperty property) {
		Origin origin = (property != null) ? property.getOrigin() : null;
		if (origin != null) {
			return origin.toString();
		}
		return (property != null && property.getSource() != null) ? property.getSource().toString() : "unknown origin";
	}

}
