// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.governance.execution.FailureMatch;
import io.governance.match.CallKey;
import io.governance.match.OutcomeMatch;
import io.governance.match.StringMatch;
import io.governance.policy.Enforcement;
import io.governance.policy.Permit.Abort;
import io.governance.rule.RuleType;
import io.governance.rule.RuleTypes;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schema of configuration files with rules in them. Required fields are named in
 * descriptions only: a file may override a part of a rule that another one holds.
 */
final class RuleSchema {

	private static final Set<Type> WHOLE = Set.of(int.class, long.class, Integer.class, Long.class);

	private static final Set<Type> FRACTIONS = Set.of(float.class, double.class, Float.class, Double.class);

	private static final Pattern BOUNDS = Pattern.compile("([0-9]+) (?:to ([0-9]+)|or more)");

	private static final Map<String, Object> PLACEHOLDER = Map.of("$ref", "#/definitions/placeholder");

	private final RuleTypes types;

	RuleSchema(RuleTypes types) {
		this.types = types;
	}

	String text() {
		JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		return mapper.writeValueAsString(root()).replace("\r\n", "\n") + "\n";
	}

	private Map<String, Object> root() {
		Map<String, Object> rules = new LinkedHashMap<>();
		Map<String, Object> switches = new LinkedHashMap<>();
		List<Object> words = offToo(Arrays.stream(Enforcement.values()).map(Enum::name).toList());
		switches.put("all", described(Map.of("enum", words), "Kill switch for all rules; can only weaken them."));
		for (RuleType<?> type : this.types.all()) {
			Map<String, Object> byId = object(Map.of());
			byId.put("description",
					"Rules of type " + type.name() + ", by id. See docs/policies/" + type.name() + ".md.");
			byId.put("propertyNames", Map.of("pattern", "^[a-z0-9-]+$"));
			byId.put("additionalProperties", record(type.ruleClass()));
			rules.put(type.name(), byId);
			switches.put(type.name(), described(Map.of("enum", words), "Kill switch for rules of this type."));
		}
		Map<String, Object> governance = new LinkedHashMap<>();
		governance.put("type", "object");
		governance.put("properties", ordered("rules", closed(rules), "enforcement", closed(switches)));
		Map<String, Object> root = new LinkedHashMap<>();
		root.put("$schema", "http://json-schema.org/draft-07/schema#");
		root.put("title", "Configuration with governance rules");
		root.put("type", "object");
		root.put("properties", ordered("governance", governance));
		root.put("definitions", definitions());
		return root;
	}

	private static Map<String, Object> definitions() {
		Map<String, Object> conditions = new LinkedHashMap<>();
		for (RecordComponent component : StringMatch.class.getRecordComponents()) {
			conditions.put(component.getName(), Map.of("type",
					(component.getType() == Boolean.class) ? "boolean" : List.of("string", "number", "boolean")));
		}
		Map<String, Object> longForm = closed(conditions);
		longForm.put("minProperties", 1);
		longForm.put("maxProperties", 1);
		Map<String, Object> condition = described(
				anyOf(ordered("type", List.of("string", "number", "boolean")), longForm),
				"A value that must be there, or one of exact, prefix, suffix, regex, present, not.");
		return ordered("placeholder", ordered("type", "string", "pattern", "^\\$\\{.+\\}$"), "duration",
				described(
						anyOf(ordered("type", "string", "pattern", "^[0-9]+(ns|us|ms|s|m|h|d)?$"),
								ordered("type", "string", "pattern", "^[+-]?P.+$"),
								ordered("type", "integer", "minimum", 0), PLACEHOLDER),
						"A duration such as 500ms, 2s or 1m; a number alone is milliseconds."),
				"condition", condition);
	}

	private static Map<String, Object> record(Class<?> type) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (RuleComponent component : RuleComponent.of(type)) {
			properties.put(component.name(), described(value(component, component.type()), description(component)));
		}
		Map<String, Object> schema = closed(properties);
		schema.put("minProperties", 1);
		return schema;
	}

	private static String description(RuleComponent component) {
		StringBuilder text = new StringBuilder(component.field().value());
		if (component.field().required()) {
			text.append(" Required.");
		}
		if (!component.field().bounds().isEmpty()) {
			text.append(" Allowed: ").append(component.field().bounds()).append('.');
		}
		if (!component.field().defaultValue().isEmpty()) {
			text.append(" Default: ").append(component.field().defaultValue()).append('.');
		}
		return text.toString();
	}

	private static Map<String, Object> value(RuleComponent component, Type type) {
		if (RuleComponent.isNested(type)) {
			return record((Class<?>) type);
		}
		if (type instanceof ParameterizedType collection) {
			return collection(component, collection);
		}
		if (type instanceof Class<?> constants && constants.isEnum()) {
			return anyOf(ordered("enum", offToo(component.words(constants))), PLACEHOLDER);
		}
		if (WHOLE.contains(type) || FRACTIONS.contains(type)) {
			return anyOf(number(WHOLE.contains(type) ? "integer" : "number", component.field().bounds()), PLACEHOLDER);
		}
		if (type == boolean.class || type == Boolean.class) {
			return anyOf(ordered("type", "boolean"), PLACEHOLDER);
		}
		if (type == Duration.class || type == StringMatch.class) {
			return ordered("$ref", (type == Duration.class) ? "#/definitions/duration" : "#/definitions/condition");
		}
		if (type == OutcomeMatch.class || type == FailureMatch.class || type == Abort.class) {
			return ordered("type", List.of("string", "integer"));
		}
		if (type == String.class || type == CallKey.class || type == Instant.class) {
			return ordered("type", "string");
		}
		throw new IllegalStateException(
				"type of a rule component: " + type + " (expected: one that has a schema here)");
	}

	private static Map<String, Object> collection(RuleComponent component, ParameterizedType type) {
		Type[] arguments = type.getActualTypeArguments();
		Type last = arguments[arguments.length - 1];
		Map<String, Object> element = value(component, last);
		if (type.getRawType() != List.class) {
			return ordered("type", "object", "additionalProperties", element);
		}
		Map<String, Object> list = ordered("type", "array", "items", element);
		return RuleComponent.isNested(last) ? list : anyOf(list, ordered("type", "string"));
	}

	/**
	 * YAML 1.1 reads OFF as false, and so does Spring Boot, which then binds it as OFF.
	 */
	private static List<Object> offToo(List<String> words) {
		List<Object> values = new ArrayList<>(words);
		if (words.contains("OFF")) {
			values.add(false);
		}
		return values;
	}

	private static Map<String, Object> number(String type, String bounds) {
		Map<String, Object> schema = ordered("type", type);
		Matcher matcher = BOUNDS.matcher(bounds);
		if (matcher.matches()) {
			schema.put("minimum", Long.valueOf(matcher.group(1)));
			if (matcher.group(2) != null) {
				schema.put("maximum", Long.valueOf(matcher.group(2)));
			}
		}
		return schema;
	}

	private static Map<String, Object> object(Map<String, Object> properties) {
		return properties.isEmpty() ? ordered("type", "object") : ordered("type", "object", "properties", properties);
	}

	private static Map<String, Object> closed(Map<String, Object> properties) {
		Map<String, Object> schema = object(properties);
		schema.put("additionalProperties", false);
		return schema;
	}

	private static Map<String, Object> described(Map<String, Object> schema, String description) {
		Map<String, Object> described = ordered("description", description);
		described.putAll(schema);
		return described;
	}

	@SafeVarargs
	private static Map<String, Object> anyOf(Map<String, Object>... schemas) {
		return ordered("anyOf", new ArrayList<>(Arrays.asList(schemas)));
	}

	private static Map<String, Object> ordered(Object... keysAndValues) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			map.put((String) keysAndValues[i], keysAndValues[i + 1]);
		}
		return map;
	}

}
