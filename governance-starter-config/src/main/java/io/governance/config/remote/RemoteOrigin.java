// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * Where a served value was written.
 *
 * @param document the name of the document on the server
 * @param position line and column, or {@code null} when the server does not tell
 */
record RemoteOrigin(String document, @Nullable String position) implements Origin {

	/** Lines count from the start of the file, whichever of its documents they are in. */
	private static final Pattern DOCUMENT_NUMBER = Pattern.compile(" \\(document #\\d+\\)$");

	@Override
	public String toString() {
		String file = DOCUMENT_NUMBER.matcher(this.document).replaceFirst("");
		return "config server " + file + ((this.position != null) ? ":" + this.position : "");
	}

}
