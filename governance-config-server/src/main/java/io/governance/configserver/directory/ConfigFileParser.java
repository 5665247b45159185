// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.io.IOException;
import java.util.List;

import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Reads one file as Spring Boot itself would read it, so that keys, lists and line
 * numbers are what a user expects. Stateless.
 */
final class ConfigFileParser {

	private static final int LONGEST_FAULT = 500;

	private final PropertySourceLoader yaml = new YamlPropertySourceLoader();

	private final PropertySourceLoader properties = new PropertiesPropertySourceLoader();

	ConfigFile parse(String name, byte[] content) {
		String hash = Hash.of(content);
		try {
			List<PropertySource<?>> documents = loader(name).load(name, new NamedResource(name, content));
			documents.forEach(ProfileCondition::check);
			return new ConfigFile(name, hash, documents, null);
		}
		catch (IOException | RuntimeException ex) {
			return new ConfigFile(name, hash, List.of(), name + ": " + reason(ex));
		}
	}

	private PropertySourceLoader loader(String name) {
		return name.endsWith(".properties") ? this.properties : this.yaml;
	}

	private static String reason(Exception ex) {
		String message = String.valueOf(ex.getMessage()).strip().replaceAll("\\s+", " ");
		return (message.length() <= LONGEST_FAULT) ? message : message.substring(0, LONGEST_FAULT) + "...";
	}

	/**
	 * Shows the file's name, and never the path on this machine, in origins.
	 */
	private static final class NamedResource extends ByteArrayResource {

		private final String name;

		NamedResource(String name, byte[] content) {
			super(content, name);
			this.name = name;
		}

		@Override
		public String getFilename() {
			return this.name;
		}

	}

}
