// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What the media types in a request's head say.
 */
final class Media {

	private Media() {
	}

	/**
	 * Browsers ask for HTML by name; programs for JSON, or for anything.
	 */
	static boolean wantsPage(@Nullable String accept) {
		return contains(accept, "text/html") && !contains(accept, "json");
	}

	static boolean isForm(@Nullable String contentType) {
		return contains(contentType, "application/x-www-form-urlencoded") || contains(contentType, "multipart/");
	}

	private static boolean contains(@Nullable String header, String text) {
		return header != null && header.toLowerCase(Locale.ROOT).contains(text);
	}

}
