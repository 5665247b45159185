// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param status HTTP status
 * @param headers headers but for the content's
 * @param contentType {@code null} when there is no body
 * @param body what to write: bytes as they are, anything else as JSON
 */
record Reply(int status, Map<String, String> headers, @Nullable String contentType, @Nullable Object body) {

	static final String JSON = "application/json";

	static final String TEXT = "text/plain; charset=utf-8";

	static Reply ok() {
		return new Reply(200, Map.of(), null, new byte[0]);
	}

	static Reply json(@Nullable Object body) {
		return new Reply(200, Map.of(), JSON, body);
	}

	static Reply text(int status, String text) {
		return new Reply(status, Map.of(), TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	static Reply empty(int status) {
		return new Reply(status, Map.of(), null, new byte[0]);
	}

	Reply status(int status) {
		return new Reply(status, this.headers, this.contentType, this.body);
	}

	Reply header(String name, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(name, value);
		return new Reply(this.status, more, this.contentType, this.body);
	}

	Reply index(long index) {
		return header("X-Consul-Index", Long.toString(index)).header("X-Consul-KnownLeader", "true")
			.header("X-Consul-LastContact", "0");
	}

}
