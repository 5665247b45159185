// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import org.jspecify.annotations.Nullable;

/**
 * Sizes of bodies, as far as headers tell.
 */
final class Bodies {

	static final long NOT_KNOWN = -1;

	private Bodies() {
	}

	/**
	 * The size of a request's body: without either header there is none.
	 */
	static long request(@Nullable String length, @Nullable String transferEncoding) {
		return (length == null && transferEncoding == null) ? 0 : response(length);
	}

	/**
	 * The size of a response's body: without the header it may be anything.
	 */
	static long response(@Nullable String length) {
		if (length == null) {
			return NOT_KNOWN;
		}
		try {
			return Long.parseLong(length.trim());
		}
		catch (NumberFormatException ex) {
			return NOT_KNOWN;
		}
	}

}
