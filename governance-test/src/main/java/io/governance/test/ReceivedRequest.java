// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * A request that a {@link ScriptedUpstream} received.
 *
 * @param method its method
 * @param path its raw path
 * @param headers its headers, by name in lower case
 * @param bodyBytes how long its body was
 * @param body the beginning of its body
 */
public record ReceivedRequest(String method, String path, Map<String, List<String>> headers, long bodyBytes,
		String body) {

	private static final int KEPT = 1024;

	static ReceivedRequest of(HttpExchange exchange, InputStream body) throws IOException {
		Map<String, List<String>> headers = new TreeMap<>();
		exchange.getRequestHeaders()
			.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
		ByteArrayOutputStream beginning = new ByteArrayOutputStream();
		byte[] buffer = new byte[64 * 1024];
		long length = 0;
		for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
			length += read;
			beginning.write(buffer, 0, Math.min(read, KEPT - Math.min(KEPT, beginning.size())));
		}
		return new ReceivedRequest(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), headers, length,
				beginning.toString(StandardCharsets.UTF_8));
	}

	/**
	 * A header that must be there once at most.
	 * @param name its name in lower case
	 * @return its value; {@code null} when absent
	 * @throws IllegalStateException if it is there more than once
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.getOrDefault(name, List.of());
		if (values.size() > 1) {
			throw new IllegalStateException("header " + name + ": " + values + " (expected: one value)");
		}
		return values.isEmpty() ? null : values.get(0);
	}

}
