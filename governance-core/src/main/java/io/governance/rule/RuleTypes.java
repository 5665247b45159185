// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The known rule types, by name. Immutable.
 */
public final class RuleTypes {

	private final Map<String, RuleType<?>> byName;

	private RuleTypes(Map<String, RuleType<?>> byName) {
		this.byName = byName;
	}

	/**
	 * Collects the types that the service loader finds, and more.
	 * @param classLoader where to look
	 * @param more further types, such as beans
	 * @return the types
	 * @throws IllegalStateException if two types have one name
	 */
	public static RuleTypes load(ClassLoader classLoader, Collection<? extends RuleType<?>> more) {
		List<RuleType<?>> types = new ArrayList<>();
		ServiceLoader.load(RuleType.class, classLoader).forEach((type) -> types.add((RuleType<?>) type));
		types.addAll(more);
		return of(types);
	}

	/**
	 * Takes the given types alone.
	 * @param types the types
	 * @return the types, by name
	 * @throws IllegalStateException if two types have one name
	 */
	public static RuleTypes of(Collection<? extends RuleType<?>> types) {
		Map<String, RuleType<?>> byName = new TreeMap<>();
		for (RuleType<?> type : types) {
			RuleType<?> twin = byName.put(type.name(), type);
			if (twin != null) {
				throw new IllegalStateException("rule type: " + type.name() + " is declared by " + twin.getClass()
						+ " and " + type.getClass() + " (expected: one declaration)");
			}
		}
		return new RuleTypes(byName);
	}

	/**
	 * A type by its name.
	 * @param name the name
	 * @return the type; {@code null} if unknown
	 */
	public @Nullable RuleType<?> find(String name) {
		return this.byName.get(name);
	}

	/**
	 * All types, by name.
	 * @return the types
	 */
	public Collection<RuleType<?>> all() {
		return this.byName.values();
	}

	/**
	 * The built-in rules of all types.
	 * @return the rules
	 */
	public List<RuleDefinition<?>> defaults() {
		List<RuleDefinition<?>> defaults = new ArrayList<>();
		this.byName.values().forEach((type) -> addDefaults(type, defaults));
		return defaults;
	}

	private static <R extends Rule> void addDefaults(RuleType<R> type, List<RuleDefinition<?>> defaults) {
		type.defaults()
			.forEach((id, rule) -> defaults.add(new RuleDefinition<>(type, id, rule, RuleDefinition.BUILT_IN)));
	}

}
