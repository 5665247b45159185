// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.util.Comparator;
import java.util.List;

import io.governance.verification.SourceTree;
import io.governance.verification.SourceTree.Module;
import io.governance.verification.metadata.ConfigurationMetadata;
import io.governance.verification.metadata.ConfigurationMetadata.Property;

/**
 * The page of all settings, by module.
 */
final class PropertiesPage {

	private final SourceTree tree;

	PropertiesPage(SourceTree tree) {
		this.tree = tree;
	}

	String text() {
		StringBuilder page = new StringBuilder("""
				# Properties

				Settings are fixed at the start. What must change live is a rule (`governance.rules.*`, see the
				[policies](../README.md)). This page is generated from the modules' configuration metadata.
				""");
		for (Module module : this.tree.modulesWithCode()) {
			List<Property> properties = ConfigurationMetadata.of(module)
				.stream()
				.sorted(Comparator.comparing(Property::name))
				.toList();
			if (!module.isDemo() && !properties.isEmpty()) {
				page.append("\n## ")
					.append(module.name())
					.append("\n\n| property | type | default | meaning |\n|---|---|---|---|\n");
				properties.forEach((property) -> page.append(row(property)));
			}
		}
		return page.toString();
	}

	private static String row(Property property) {
		String initial = property.defaultValue().isEmpty() ? "" : "`" + property.defaultValue() + "`";
		return "| `" + property.name() + "` | " + shortName(property.type()) + " | " + initial + " | "
				+ sentence(property.description()) + " |\n";
	}

	private static String shortName(String type) {
		return "`" + type.replaceAll("[a-z0-9.]+\\.([A-Z])", "$1").replaceAll("\\w+\\$", "").replace(",", ", ") + "`";
	}

	private static String sentence(String description) {
		String text = description.replace("|", "\\|");
		String start = text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1);
		return start.endsWith(".") ? start : start + ".";
	}

}
