// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.governance.schema.RuleField;

/**
 * A component of a rule record, as an operator sees it.
 *
 * @param name its name as written, in lower case with dashes
 * @param type its type
 * @param field what its annotation says
 */
record RuleComponent(String name, Type type, RuleField field) {

	/**
	 * The components of a record.
	 * @param type the record
	 * @return its components, in their order
	 * @throws IllegalStateException if one has no {@link RuleField}
	 */
	static List<RuleComponent> of(Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).map(RuleComponent::of).toList();
	}

	private static RuleComponent of(RecordComponent component) {
		RuleField field = component.getAnnotation(RuleField.class);
		if (field == null) {
			throw new IllegalStateException("component: " + component.getDeclaringRecord().getName() + "."
					+ component.getName() + " (expected: @RuleField)");
		}
		return new RuleComponent(written(component.getName()), component.getGenericType(), field);
	}

	/**
	 * The components of a rule with those of nested records in place of these records:
	 * first its own, then those of its match.
	 * @param rule the rule record
	 * @return components with dotted names
	 */
	static List<RuleComponent> flat(Class<?> rule) {
		List<RuleComponent> own = new ArrayList<>();
		List<RuleComponent> match = new ArrayList<>();
		for (RuleComponent component : of(rule)) {
			(component.name().equals("match") ? match : own).addAll(component.flat());
		}
		own.addAll(match);
		return own;
	}

	private List<RuleComponent> flat() {
		if (isCollectionOfNested()) {
			List<RuleComponent> parts = new ArrayList<>(List.of(this));
			parts.addAll(parts(this.name + (isList() ? "[]." : ".KEY."), element()));
			return parts;
		}
		return isNested() ? parts(this.name + ".", this.type) : List.of(this);
	}

	private static List<RuleComponent> parts(String prefix, Type record) {
		return of((Class<?>) record).stream()
			.map((part) -> new RuleComponent(prefix + part.name(), part.type(), part.field()))
			.toList();
	}

	/**
	 * Whether it is a list, or a map, of records of described components.
	 */
	boolean isCollectionOfNested() {
		return this.type instanceof ParameterizedType && isNested(element());
	}

	boolean isList() {
		return this.type instanceof ParameterizedType list && list.getRawType() == List.class;
	}

	private Type element() {
		Type[] arguments = ((ParameterizedType) this.type).getActualTypeArguments();
		return arguments[arguments.length - 1];
	}

	/**
	 * Whether it is a record of described components, and no value with a written form of
	 * its own.
	 */
	boolean isNested() {
		return isNested(this.type);
	}

	static boolean isNested(Type type) {
		return type instanceof Class<?> record && record.isRecord() && Arrays.stream(record.getRecordComponents())
			.allMatch((component) -> component.isAnnotationPresent(RuleField.class));
	}

	/**
	 * The words that may be written for an enum: in the case of the default or of the
	 * bounds, where these are among them, else in lower case.
	 * @param constants the enum
	 * @return its words
	 */
	List<String> words(Class<?> constants) {
		List<String> names = Arrays.stream(constants.getEnumConstants())
			.map((constant) -> ((Enum<?>) constant).name())
			.toList();
		Set<String> said = Set.of(this.field.bounds().split(", "));
		return (names.contains(this.field.defaultValue()) || said.containsAll(names)) ? names
				: names.stream().map((name) -> name.toLowerCase(Locale.ROOT).replace('_', '-')).toList();
	}

	static String written(String name) {
		return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

}
