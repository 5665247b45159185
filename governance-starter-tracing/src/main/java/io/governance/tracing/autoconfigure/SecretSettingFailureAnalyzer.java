// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains a start that stops because of a value that may hold credentials: where it
 * stands and what is expected, but not what it is.
 */
final class SecretSettingFailureAnalyzer extends AbstractFailureAnalyzer<SecretSettingException> {

	private final Environment environment;

	SecretSettingFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SecretSettingException cause) {
		return new FailureAnalysis("Invalid value: " + cause.getMessage() + origin(cause.property()) + ".",
				"Set " + cause.property() + " to " + cause.expected() + ".", cause);
	}

	private String origin(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			@Nullable ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return (found.getOrigin() != null) ? ", originating from " + found.getOrigin() : "";
			}
		}
		return "";
	}

}
