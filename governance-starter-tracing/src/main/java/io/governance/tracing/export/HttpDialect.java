// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * What the answers of a backend over HTTP mean.
 */
enum HttpDialect {

	/**
	 * Zipkin says no more than HTTP does.
	 */
	ZIPKIN {

		@Override
		boolean isWorthRetrying(int status) {
			return status / 100 == 5 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
		}

		@Override
		PartialSuccess refused(String mediaType, byte[] body) {
			return PartialSuccess.ALL_TAKEN;
		}

	},

	/**
	 * OTLP names the statuses after which a message must not come again: all others.
	 */
	OTLP {

		@Override
		boolean isWorthRetrying(int status) {
			return OTLP_WORTH_RETRYING.contains(status);
		}

		@Override
		PartialSuccess refused(String mediaType, byte[] body) {
			return mediaType.startsWith("application/x-protobuf") ? PartialSuccess.read(ByteBuffer.wrap(body))
					: PartialSuccess.ALL_TAKEN;
		}

	};

	private static final int REQUEST_TIMEOUT = 408;

	private static final int TOO_MANY_REQUESTS = 429;

	private static final Set<Integer> OTLP_WORTH_RETRYING = Set.of(TOO_MANY_REQUESTS, 502, 503, 504);

	/**
	 * Whether the same message may be taken later.
	 */
	abstract boolean isWorthRetrying(int status);

	/**
	 * What was refused of a message that was taken.
	 */
	abstract PartialSuccess refused(String mediaType, byte[] body);

}
