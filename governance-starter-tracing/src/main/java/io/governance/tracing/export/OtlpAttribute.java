// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.Set;

/**
 * {@code KeyValue} of OTLP. Tags of Brave are all text; those whose meaning is a number
 * become one, or backends cannot compare them.
 */
final class OtlpAttribute {

	private static final Set<String> NUMBERS = Set.of("http.status_code", "http.response.status_code", "server.port",
			"client.port", "network.peer.port", "rpc.grpc.status_code", "http.request.resend_count");

	private OtlpAttribute() {
	}

	static ProtoWriter of(String key, String value) {
		if (NUMBERS.contains(key)) {
			try {
				return number(key, Long.parseLong(value));
			}
			catch (NumberFormatException ex) {
				return text(key, value);
			}
		}
		return text(key, value);
	}

	static ProtoWriter text(String key, String value) {
		return keyValue(key, new ProtoWriter(16 + value.length()).text(1, value));
	}

	static ProtoWriter number(String key, long value) {
		return keyValue(key, new ProtoWriter(16).number(3, value));
	}

	private static ProtoWriter keyValue(String key, ProtoWriter value) {
		return new ProtoWriter(64).text(1, key).message(2, value);
	}

}
