// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.core.env.Environment;

/**
 * The checked settings, joined with Spring Boot's own: a key that
 * {@code management.tracing.baggage} knows already is not registered a second time.
 */
final class TracingSettings {

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

	private static final String PREFIX = "governance.tracing.";

	private static final String KEYS = "one of the keys of governance.tracing.baggage";

	private final GovernanceTracingProperties properties;

	private final TracingProperties.Baggage boot;

	private final Environment environment;

	TracingSettings(GovernanceTracingProperties properties, TracingProperties boot, Environment environment) {
		this.properties = properties;
		this.boot = boot.getBaggage();
		this.environment = environment;
		check("baggage", properties.baggage(), TOKEN.asMatchPredicate(),
				"a header token of 1 to 64 characters: letters, digits and !#$%&'*+-.^_`|~");
		check("mdc", properties.mdc(), travellingKeys()::contains, KEYS);
		check("span-tags", properties.spanTags(), travellingKeys()::contains, KEYS);
	}

	Set<String> travellingKeys() {
		Set<String> keys = new LinkedHashSet<>(this.properties.baggage());
		keys.addAll(this.boot.getRemoteFields());
		return keys;
	}

	Set<String> newFields() {
		Set<String> keys = new LinkedHashSet<>(this.properties.baggage());
		this.boot.getRemoteFields().forEach(keys::remove);
		this.boot.getLocalFields().forEach(keys::remove);
		return keys;
	}

	List<String> spanTags() {
		return this.properties.spanTags();
	}

	Set<String> newMdcFields() {
		Set<String> keys = new LinkedHashSet<>(this.properties.mdc());
		if (this.boot.getCorrelation().isEnabled()) {
			this.boot.getCorrelation().getFields().forEach(keys::remove);
		}
		return keys;
	}

	private void check(String name, List<String> values, Predicate<String> valid, String expected) {
		for (int index = 0; index < values.size(); index++) {
			String value = values.get(index);
			if (!valid.test(value)) {
				String element = PREFIX + name + "[" + index + "]";
				String property = this.environment.containsProperty(element) ? element : PREFIX + name;
				throw new InvalidConfigurationPropertyValueException(property, value, "Expected: " + expected + ".");
			}
		}
	}

}
