// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.etcd.jetcd.ByteSequence;
import io.governance.discovery.Instance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How instances stand in etcd: {@code <prefix><service>/<id>}, both parts URL-encoded,
 * with a JSON object of {@code host}, {@code port}, {@code secure} and {@code metadata}.
 * An instance that is about to leave says so in {@code state}: its key goes at once.
 */
final class EtcdKeys {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String LEAVING = "leaving";

	private final String prefix;

	EtcdKeys(String prefix) {
		this.prefix = prefix;
	}

	ByteSequence all() {
		return bytes(this.prefix);
	}

	String serviceOf(ByteSequence key) {
		String text = key.toString(StandardCharsets.UTF_8).substring(this.prefix.length());
		int end = text.indexOf('/');
		return URLDecoder.decode((end < 0) ? text : text.substring(0, end), StandardCharsets.UTF_8);
	}

	ByteSequence service(String service) {
		return bytes(this.prefix + encode(service) + "/");
	}

	ByteSequence instance(String service, String id) {
		return bytes(this.prefix + encode(service) + "/" + encode(id));
	}

	ByteSequence value(Instance instance) {
		return value(instance, new LinkedHashMap<>());
	}

	/** The last word of an instance that leaves in order. */
	ByteSequence lastValue(Instance instance) {
		return value(instance, new LinkedHashMap<>(Map.of("state", LEAVING)));
	}

	boolean isLeaving(ByteSequence value) {
		return LEAVING.equals(JSON.readTree(value.getBytes()).path("state").asString(""));
	}

	private static ByteSequence value(Instance instance, Map<String, Object> value) {
		value.put("host", instance.host());
		value.put("port", instance.port());
		value.put("secure", instance.secure());
		value.put("metadata", new TreeMap<>(instance.metadata()));
		return bytes(JSON.writeValueAsString(value));
	}

	/**
	 * Reads an entry.
	 * @throws RuntimeException when it is no instance
	 */
	Instance read(String service, ByteSequence key, ByteSequence value) {
		JsonNode json = JSON.readTree(value.getBytes());
		String host = json.path("host").asString("");
		if (host.isEmpty()) {
			throw new IllegalArgumentException("host: none (expected: a host name or an address)");
		}
		Map<String, String> metadata = new LinkedHashMap<>();
		json.path("metadata")
			.properties()
			.forEach((entry) -> metadata.put(entry.getKey(), entry.getValue().asString("")));
		return new Instance(id(service, key), service, host, json.path("port").asInt(0),
				json.path("secure").asBoolean(false), metadata);
	}

	/** Whatever its value is. */
	String id(String service, ByteSequence key) {
		String text = key.toString(StandardCharsets.UTF_8);
		return URLDecoder.decode(text.substring(this.prefix.length() + encode(service).length() + 1),
				StandardCharsets.UTF_8);
	}

	private static String encode(String part) {
		return URLEncoder.encode(part, StandardCharsets.UTF_8);
	}

	private static ByteSequence bytes(String text) {
		return ByteSequence.from(text, StandardCharsets.UTF_8);
	}

}
