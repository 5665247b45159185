// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rules as they are served: by type and id, each as the text between its braces.
 */
final class RuleFile {

	private final Map<String, Map<String, String>> rules = new TreeMap<>();

	private final Map<String, String> switches = new TreeMap<>();

	RuleFile() {
		// all processes are on one machine, whose load says nothing about any of them
		put("load-shedding", "default", "min-limit: 1000");
	}

	RuleFile put(String type, String id, String rule) {
		this.rules.computeIfAbsent(type, (name) -> new LinkedHashMap<>()).put(id, rule);
		return this;
	}

	RuleFile enforcement(String of, String enforcement) {
		this.switches.put(of, enforcement);
		return this;
	}

	String text() {
		StringBuilder text = new StringBuilder("governance:\n");
		if (!this.switches.isEmpty()) {
			text.append("  enforcement:\n");
			this.switches.forEach((of, to) -> text.append("    %s: \"%s\"\n".formatted(of, to)));
		}
		text.append("  rules:\n");
		this.rules.forEach((type, byId) -> {
			text.append("    %s:\n".formatted(type));
			byId.forEach((id, rule) -> text.append("      %s: {%s}\n".formatted(id, rule)));
		});
		return text.toString();
	}

}
