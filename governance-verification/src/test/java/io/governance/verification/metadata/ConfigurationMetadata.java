// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.metadata;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.governance.verification.SourceTree;
import io.governance.verification.SourceTree.Module;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the configuration metadata that the build writes.
 */
public final class ConfigurationMetadata {

	private ConfigurationMetadata() {
	}

	/**
	 * The properties of a module.
	 * @param module the module, compiled
	 * @return its properties; none if it has no metadata
	 */
	public static List<Property> of(Module module) {
		Path file = module.classes().resolve("META-INF/spring-configuration-metadata.json");
		List<Property> properties = new ArrayList<>();
		if (Files.exists(file)) {
			JsonNode root = JsonMapper.shared().readTree(SourceTree.read(file));
			for (JsonNode property : root.path("properties")) {
				properties.add(new Property(property.path("name").asString(), property.path("type").asString(""),
						property.path("description").asString(""), defaultValue(property.path("defaultValue"))));
			}
		}
		return properties;
	}

	private static String defaultValue(JsonNode value) {
		List<String> values = new ArrayList<>();
		if (value.isArray()) {
			value.forEach((element) -> values.add(element.asString()));
			return String.join(", ", values);
		}
		return value.asString("");
	}

	/**
	 * A property of a module.
	 *
	 * @param name its full name
	 * @param type the Java type
	 * @param description what it means; empty if nobody said
	 * @param defaultValue the default; empty for none
	 */
	public record Property(String name, String type, String description, String defaultValue) {
	}

}
