// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * All that a config server serves one service at one moment. Immutable.
 *
 * @param revision what tells this set from others, or {@code null} from a server that has
 * no revisions
 * @param documents the documents, the most important first
 */
public record RemoteConfig(@Nullable String revision, List<RemoteDocument> documents) {

	/** Nothing served. */
	public static final RemoteConfig NONE = new RemoteConfig(null, List.of());

	private static final ConfigurationPropertyName RULES = ConfigurationPropertyName.of("governance.rules");

	private static final ConfigurationPropertyName ENFORCEMENT = ConfigurationPropertyName.of("governance.enforcement");

	/**
	 * Copies the list.
	 */
	public RemoteConfig {
		documents = List.copyOf(documents);
	}

	/**
	 * The settings of this set with the rules of another. Settings are fixed when a
	 * service starts, rules are not.
	 * @param other where the rules and kill switches are taken from
	 * @return a set with this set's revision
	 */
	public RemoteConfig withRulesOf(RemoteConfig other) {
		List<RemoteDocument> mixed = new ArrayList<>();
		add(other.documents, RemoteConfig::isRule, mixed);
		add(this.documents, (key) -> !isRule(key), mixed);
		return new RemoteConfig(this.revision, mixed);
	}

	/**
	 * The keys whose value differs between this set and another.
	 * @param other the other set
	 * @return keys as they are written, those of removed values included
	 */
	public Set<String> changedKeys(RemoteConfig other) {
		Map<String, Object> here = flatten();
		Map<String, Object> there = other.flatten();
		Set<String> keys = new LinkedHashSet<>(here.keySet());
		keys.addAll(there.keySet());
		keys.removeIf((key) -> Objects.equals(here.get(key), there.get(key)));
		return keys;
	}

	private Map<String, Object> flatten() {
		Map<String, Object> values = new HashMap<>();
		this.documents.forEach((document) -> document.values()
			.forEach((key, tracked) -> values.putIfAbsent(key, String.valueOf(tracked.getValue()))));
		return values;
	}

	private static void add(List<RemoteDocument> documents, Predicate<String> keys, List<RemoteDocument> target) {
		documents.stream()
			.map((document) -> document.filter(keys))
			.filter((document) -> !document.values().isEmpty())
			.forEach(target::add);
	}

	private static boolean isRule(String key) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
		return RULES.isAncestorOf(name) || ENFORCEMENT.isAncestorOf(name);
	}

}
