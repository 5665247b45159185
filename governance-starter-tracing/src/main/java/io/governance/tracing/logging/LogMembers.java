// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.logging;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter.MemberPath;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Completes Spring Boot's structured log formats: in {@code ecs} trace and span get the
 * names that the schema has for them, in {@code logstash} and {@code gelf} the service is
 * named. Found through {@code META-INF/spring.factories}; beside it a customizer of the
 * application works as ever.
 */
public final class LogMembers implements StructuredLoggingJsonMembersCustomizer<Object> {

	private final Environment environment;

	private final Set<String> formats;

	/**
	 * Creates the customizer.
	 * @param environment says which formats are in use
	 */
	public LogMembers(Environment environment) {
		this.environment = environment;
		this.formats = environment.getProperty("governance.tracing.enabled", Boolean.class, true)
				? Stream.of("console", "file")
					.map((where) -> environment.getProperty("logging.structured.format." + where))
					.filter(StringUtils::hasText)
					.collect(Collectors.toSet())
				: Set.of();
	}

	@Override
	public void customize(Members<Object> members) {
		if (this.formats.contains("ecs")) {
			members.applyingNameProcessor(LogMembers::ecsName);
		}
		if (this.formats.contains("logstash")) {
			add(members, "service_name", "spring.application.name");
			add(members, "service_version", LogDefaults.VERSION);
		}
		if (this.formats.contains("gelf")) {
			// the version is there
			add(members, "_service_name", "spring.application.name");
		}
	}

	private static String ecsName(MemberPath path, String name) {
		return switch (path.toUnescapedString()) {
			case "traceId" -> "trace.id";
			case "spanId" -> "span.id";
			default -> name;
		};
	}

	private void add(Members<Object> members, String name, String property) {
		@Nullable String value = this.environment.getProperty(property);
		if (StringUtils.hasText(value)) {
			members.add(name, value);
		}
	}

}
