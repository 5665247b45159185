// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A client under test: a thin layer over the real one. What the client throws is to be
 * passed on as it is.
 */
@FunctionalInterface
public interface OutboundClient {

	/**
	 * Makes a call to {@code http://inventory} and reads the answer.
	 * @param request the request
	 * @return the answer, whatever its status
	 */
	Answer send(Request request);

	/**
	 * A request.
	 *
	 * @param method the HTTP method
	 * @param path path and query
	 * @param headers its headers
	 * @param body its body; {@code null} for none
	 * @param oneShot whether the body is to be given to the client in a form that can be
	 * read only once and does not tell its length
	 */
	record Request(String method, String path, Map<String, String> headers, byte @Nullable [] body, boolean oneShot) {

		static Request of(String method, String path) {
			return new Request(method, path, Map.of(), null, false);
		}

		Request header(String name, String value) {
			Map<String, String> more = new HashMap<>(this.headers);
			more.put(name, value);
			return new Request(this.method, this.path, more, this.body, this.oneShot);
		}

		Request body(byte[] bytes) {
			return new Request(this.method, this.path, this.headers, bytes, false);
		}

		Request stream(byte[] bytes) {
			return new Request(this.method, this.path, this.headers, bytes, true);
		}

	}

	/**
	 * An answer.
	 *
	 * @param status its status
	 * @param retryAfter its header {@code Retry-After}
	 * @param body its body
	 * @param fallback its header {@code x-governance-fallback}
	 */
	record Answer(int status, @Nullable String retryAfter, @Nullable String body, @Nullable String fallback) {

		/**
		 * An answer of a client whose further headers nobody looks at.
		 * @param status its status
		 * @param retryAfter its header {@code Retry-After}
		 * @param body its body
		 */
		public Answer(int status, @Nullable String retryAfter, @Nullable String body) {
			this(status, retryAfter, body, null);
		}

	}

}
