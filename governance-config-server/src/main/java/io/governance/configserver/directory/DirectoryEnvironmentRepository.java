// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.cloud.config.environment.Environment;
import org.springframework.cloud.config.environment.PropertySource;
import org.springframework.cloud.config.environment.PropertyValueDescriptor;
import org.springframework.cloud.config.server.environment.EnvironmentNotFoundException;
import org.springframework.cloud.config.server.environment.EnvironmentRepository;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.StringUtils;

/**
 * Serves the directory by Spring Cloud Config's protocol. The label is accepted and not
 * used: a directory has one state. Thread-safe; an answer is made from one snapshot.
 */
final class DirectoryEnvironmentRepository implements EnvironmentRepository {

	private final ConfigDirectory directory;

	DirectoryEnvironmentRepository(ConfigDirectory directory) {
		this.directory = directory;
	}

	@Override
	public Environment findOne(String application, String profile, @Nullable String label) {
		return findOne(application, profile, label, false);
	}

	@Override
	public Environment findOne(String application, String profile, @Nullable String label, boolean includeOrigin) {
		if (application.equals("actuator")) {
			// an endpoint that is not exposed must not look like one that answers
			throw new EnvironmentNotFoundException("no such endpoint");
		}
		ConfigDirectory.State state = this.directory.state();
		if (state.fault() != null) {
			throw new ConfigUnavailableException("the config directory cannot be read: " + state.fault());
		}
		ServedConfig served = state.snapshot().select(application, profile);
		if (!served.faults().isEmpty()) {
			throw new FaultyConfigException(served.revision(), served.faults());
		}
		Environment environment = new Environment(application, StringUtils.commaDelimitedListToStringArray(profile),
				label, served.revision(), null);
		served.documents()
			.forEach((document) -> environment.add(new PropertySource(document.getName(),
					values((EnumerablePropertySource<?>) document, includeOrigin))));
		return environment;
	}

	private static Map<String, @Nullable Object> values(EnumerablePropertySource<?> document, boolean includeOrigin) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		for (String key : document.getPropertyNames()) {
			Object value = document.getProperty(key);
			String origin = includeOrigin ? origin(document, key) : null;
			values.put(key, (origin != null) ? new PropertyValueDescriptor(value, origin) : value);
		}
		return values;
	}

	private static @Nullable String origin(EnumerablePropertySource<?> document, String key) {
		Origin origin = OriginLookup.getOrigin(document, key);
		return (origin instanceof TextResourceOrigin text && text.getLocation() != null) ? text.getLocation().toString()
				: null;
	}

}
