// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.governance.embeddedconsul.store.RefusedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object read the way Consul reads it: names in any case, with or without
 * underscores; null is the same as absent; an unknown name is a fault.
 */
final class Fields {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final Map<String, JsonNode> values = new LinkedHashMap<>();

	private Fields(JsonNode object, Set<String> known) {
		for (Map.Entry<String, JsonNode> property : object.properties()) {
			if (!property.getValue().isNull()) {
				String name = property.getKey().replace("_", "").toLowerCase(Locale.ROOT);
				if (!known.contains(name)) {
					throw undecodable("json: unknown field \"" + property.getKey() + "\"");
				}
				this.values.put(name, property.getValue());
			}
		}
	}

	static Fields read(byte[] body, Set<String> known) {
		if (body.length == 0) {
			throw undecodable("EOF");
		}
		JsonNode node;
		try {
			node = JSON.readTree(body);
		}
		catch (JacksonException ex) {
			throw undecodable(ex.getOriginalMessage());
		}
		if (!node.isObject()) {
			throw undecodable(
					"json: cannot unmarshal " + node.getNodeType().name().toLowerCase(Locale.ROOT) + " into an object");
		}
		return new Fields(node, known);
	}

	boolean has(String name) {
		return !isBlank(this.values.get(name));
	}

	boolean isBlank() {
		return this.values.values().stream().allMatch(Fields::isBlank);
	}

	String text(String name) {
		JsonNode node = this.values.get(name);
		return (node != null) ? text(name, node) : "";
	}

	int number(String name, int whenAbsent) {
		JsonNode node = this.values.get(name);
		if (node == null) {
			return whenAbsent;
		}
		if (!node.canConvertToInt() || !node.isIntegralNumber()) {
			throw mismatch(name, "a whole number");
		}
		return node.intValue();
	}

	boolean flag(String name) {
		JsonNode node = this.values.get(name);
		if (node != null && !node.isBoolean()) {
			throw mismatch(name, "true or false");
		}
		return node != null && node.booleanValue();
	}

	@Nullable Duration duration(String name) {
		JsonNode node = this.values.get(name);
		if (node == null) {
			return null;
		}
		if (node.isIntegralNumber()) {
			return Duration.ofNanos(node.longValue());
		}
		String text = text(name, node);
		return text.isEmpty() ? null
				: GoDuration.parse(text).orElseThrow(() -> undecodable("time: invalid duration \"" + text + "\""));
	}

	List<String> texts(String name) {
		JsonNode node = this.values.get(name);
		List<String> texts = new ArrayList<>();
		if (node != null) {
			array(name, node).forEach((element) -> texts.add(text(name, element)));
		}
		return List.copyOf(texts);
	}

	Map<String, JsonNode> entries(String name) {
		JsonNode node = this.values.get(name);
		Map<String, JsonNode> entries = new LinkedHashMap<>();
		if (node != null) {
			if (!node.isObject()) {
				throw mismatch(name, "an object");
			}
			node.properties().forEach((property) -> entries.put(property.getKey(), property.getValue()));
		}
		return entries;
	}

	Map<String, String> textEntries(String name) {
		Map<String, String> texts = new LinkedHashMap<>();
		entries(name).forEach((key, value) -> texts.put(key, text(name, value)));
		return texts;
	}

	@Nullable Fields object(String name, Set<String> known) {
		JsonNode node = this.values.get(name);
		return (node != null) ? object(name, node, known) : null;
	}

	List<Fields> objects(String name, Set<String> known) {
		JsonNode node = this.values.get(name);
		List<Fields> objects = new ArrayList<>();
		if (node != null) {
			array(name, node).forEach((element) -> objects.add(object(name, element, known)));
		}
		return objects;
	}

	static Fields object(String name, JsonNode node, Set<String> known) {
		if (!node.isObject()) {
			throw mismatch(name, "an object");
		}
		return new Fields(node, known);
	}

	static String text(String name, JsonNode node) {
		if (!node.isString()) {
			throw mismatch(name, "a string");
		}
		return node.stringValue();
	}

	private static JsonNode array(String name, JsonNode node) {
		if (!node.isArray()) {
			throw mismatch(name, "a list");
		}
		return node;
	}

	private static boolean isBlank(@Nullable JsonNode node) {
		return node == null || node.isNull() || node.isContainer() && node.isEmpty()
				|| node.isString() && node.stringValue().isEmpty() || node.isNumber() && node.doubleValue() == 0
				|| node.isBoolean() && !node.booleanValue();
	}

	private static RefusedException mismatch(String name, String expected) {
		return undecodable("json: field " + name + " (expected: " + expected + ")");
	}

	private static RefusedException undecodable(String why) {
		return new RefusedException(400, "Request decode failed: " + why);
	}

}
