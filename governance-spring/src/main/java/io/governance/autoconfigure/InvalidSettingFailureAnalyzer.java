// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains a setting of ours that stops the start. Spring Boot's own analyzer of failed
 * bindings, which comes first otherwise, does not say where the value was written.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	private static final String OURS = "governance.";

	private final Environment environment;

	InvalidSettingFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure,
			InvalidConfigurationPropertyValueException cause) {
		if (!cause.getName().startsWith(OURS)) {
			return null;
		}
		return new FailureAnalysis(
				"A setting is not valid:\n\n    Property: " + cause.getName() + "\n    Value:    " + cause.getValue()
						+ "\n    Origin:   " + origin(cause.getName()) + "\n    Reason:   " + cause.getReason(),
				"Correct the named property.", cause);
	}

	private String origin(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			Origin origin = origin(source, name);
			if (origin != null) {
				return origin.toString();
			}
		}
		return "the default";
	}

	/**
	 * Of a list its first element tells.
	 */
	private static @Nullable Origin origin(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty found = source.getConfigurationProperty(name);
		found = (found != null) ? found : source.getConfigurationProperty(name.append("[0]"));
		return (found != null) ? found.getOrigin() : null;
	}

}
