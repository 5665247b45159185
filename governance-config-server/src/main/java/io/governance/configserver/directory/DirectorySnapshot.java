// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.core.env.PropertySource;

/**
 * The directory at one moment. Immutable.
 *
 * @param files the files by name
 */
record DirectorySnapshot(Map<String, ConfigFile> files) {

	static final DirectorySnapshot EMPTY = new DirectorySnapshot(Map.of());

	/** Later ones win, as in Spring Boot. */
	private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".properties");

	DirectorySnapshot {
		files = Map.copyOf(files);
	}

	/**
	 * What the given service is served.
	 * @param application the service, or several by comma
	 * @param profiles its profiles, by comma, the most important last
	 * @return the documents, the most important first, and their revision
	 */
	ServedConfig select(String application, String profiles) {
		List<String> names = new ArrayList<>(List.of("application"));
		split(application).stream().filter((name) -> !names.contains(name)).forEach(names::add);
		List<ConfigFile> lowestFirst = new ArrayList<>();
		names.forEach((name) -> addFiles(name, lowestFirst));
		for (String profile : split(profiles)) {
			names.forEach((name) -> addFiles(name + "-" + profile, lowestFirst));
		}
		List<String> active = split(profiles);
		List<PropertySource<?>> documents = new ArrayList<>();
		lowestFirst.forEach((file) -> file.documents()
			.stream()
			.filter((document) -> ProfileCondition.isMet(document, active))
			.forEach((document) -> documents.add(0, document)));
		return new ServedConfig(revision(lowestFirst), documents, faults(lowestFirst));
	}

	private void addFiles(String baseName, List<ConfigFile> target) {
		for (String extension : EXTENSIONS) {
			ConfigFile file = this.files.get(baseName + extension);
			if (file != null && !target.contains(file)) {
				target.add(file);
			}
		}
	}

	private static String revision(List<ConfigFile> files) {
		List<String> parts = new ArrayList<>();
		files.forEach((file) -> {
			parts.add(file.name());
			parts.add(file.hash());
		});
		return Hash.of(parts);
	}

	private static List<String> faults(List<ConfigFile> files) {
		List<String> faults = new ArrayList<>();
		for (ConfigFile file : files) {
			if (file.fault() != null) {
				faults.add(file.fault());
			}
		}
		return faults;
	}

	private static List<String> split(String list) {
		List<String> parts = new ArrayList<>();
		for (String part : list.split(",")) {
			if (!part.isBlank()) {
				parts.add(part.strip());
			}
		}
		return parts;
	}

}
