// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;

/**
 * The JSON of Spring Cloud Config's protocol, with origins (version 2) or without.
 * Stateless.
 */
final class RemoteConfigCodec {

	private final JsonMapper json = new JsonMapper();

	/**
	 * Reads an answer.
	 * @param text JSON
	 * @return the served set
	 * @throws IllegalArgumentException if the text is not an answer of the protocol
	 */
	RemoteConfig read(String text) {
		try {
			return read(this.json.readTree(text));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("not an answer of a config server: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * One text of a JSON object.
	 * @param text JSON, or anything else
	 * @param name the name of the field
	 * @return its text, or {@code null} if there is none
	 */
	@Nullable String field(String text, String name) {
		try {
			JsonNode field = this.json.readTree(text).path(name);
			return field.isString() ? field.asString() : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	RemoteConfig read(JsonNode answer) {
		if (!answer.path("propertySources").isArray()) {
			throw new IllegalArgumentException("not an answer of a config server: no propertySources");
		}
		List<RemoteDocument> documents = new ArrayList<>();
		for (JsonNode source : answer.path("propertySources")) {
			String name = source.path("name").asString("");
			Map<String, OriginTrackedValue> values = new LinkedHashMap<>();
			source.path("source").properties().forEach((entry) -> {
				OriginTrackedValue value = value(name, entry.getValue());
				if (value != null) {
					values.put(entry.getKey(), value);
				}
			});
			documents.add(new RemoteDocument(name, values));
		}
		JsonNode version = answer.path("version");
		return new RemoteConfig(version.isString() ? version.asString() : null, documents);
	}

	private static @Nullable OriginTrackedValue value(String document, JsonNode node) {
		boolean tracked = node.isObject() && node.has("value");
		JsonNode plain = tracked ? node.path("value") : node;
		if (plain.isNull() || plain.isMissingNode()) {
			return null;
		}
		String position = tracked ? node.path("origin").asString("") : "";
		Object value = plain.isBoolean() ? (Object) plain.asBoolean()
				: plain.isNumber() ? plain.numberValue() : plain.isString() ? plain.asString() : plain.toString();
		return OriginTrackedValue.of(value, new RemoteOrigin(document, position.isEmpty() ? null : position));
	}

	ObjectNode write(RemoteConfig config) {
		ObjectNode answer = this.json.createObjectNode();
		answer.put("version", config.revision());
		ArrayNode sources = answer.putArray("propertySources");
		for (RemoteDocument document : config.documents()) {
			ObjectNode source = sources.addObject();
			source.put("name", document.name());
			ObjectNode values = source.putObject("source");
			document.values().forEach((key, tracked) -> {
				ObjectNode value = values.putObject(key);
				value.putPOJO("value", tracked.getValue());
				Origin origin = tracked.getOrigin();
				if (origin instanceof RemoteOrigin remote && remote.position() != null) {
					value.put("origin", remote.position());
				}
			});
		}
		return answer;
	}

	JsonMapper json() {
		return this.json;
	}

}
