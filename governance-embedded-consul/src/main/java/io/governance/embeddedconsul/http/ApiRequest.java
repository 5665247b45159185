// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.governance.embeddedconsul.store.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * A request as the handlers see it.
 *
 * @param method HTTP method
 * @param path decoded path
 * @param query decoded query parameters; a parameter without a value has the empty value
 * @param body the whole body
 */
record ApiRequest(String method, String path, Map<String, List<String>> query, byte[] body) {

	static ApiRequest of(String method, String uri, byte[] body) {
		int mark = uri.indexOf('?');
		String rawPath = (mark < 0) ? uri : uri.substring(0, mark);
		String rawQuery = (mark < 0) ? "" : uri.substring(mark + 1);
		// In a path a plus is a plus.
		return new ApiRequest(method, decode(rawPath.replace("+", "%2B")), parameters(rawQuery), body);
	}

	boolean has(String name) {
		return this.query.containsKey(name);
	}

	@Nullable String first(String name) {
		List<String> values = this.query.get(name);
		return (values != null) ? values.get(0) : null;
	}

	String text(String name) {
		String value = first(name);
		return (value != null) ? value : "";
	}

	List<String> all(String name) {
		return this.query.getOrDefault(name, List.of());
	}

	private static Map<String, List<String>> parameters(String rawQuery) {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		for (String pair : rawQuery.split("&")) {
			if (!pair.isEmpty()) {
				int equals = pair.indexOf('=');
				String name = decode((equals < 0) ? pair : pair.substring(0, equals));
				String value = (equals < 0) ? "" : decode(pair.substring(equals + 1));
				parameters.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value);
			}
		}
		return parameters;
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedException(400, "Invalid URL escape");
		}
	}

}
