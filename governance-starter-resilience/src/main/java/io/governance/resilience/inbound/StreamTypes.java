// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The media types of answers that go on for as long as they like: what comes first says
 * nothing of how long they take, so no deadline ends them. Stateless.
 */
public final class StreamTypes {

	private static final List<String> TYPES = List.of("text/event-stream", "application/x-ndjson",
			"application/stream+json", "multipart/x-mixed-replace");

	private StreamTypes() {
	}

	/**
	 * Whether a header, or a media type, names one of them.
	 * @param mediaTypes one or more media types, with or without parameters
	 * @return whether it does
	 */
	public static boolean isNamedIn(@Nullable String mediaTypes) {
		if (mediaTypes == null) {
			return false;
		}
		String names = mediaTypes.toLowerCase(Locale.ROOT);
		return TYPES.stream().anyMatch(names::contains);
	}

}
