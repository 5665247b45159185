// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Metadata as headers. Binary ones, and names that metadata cannot have, count as absent.
 */
final class MetadataHeaders {

	private MetadataHeaders() {
	}

	static @Nullable String first(Metadata metadata, String name) {
		List<String> values = all(metadata, name);
		return values.isEmpty() ? null : values.get(0);
	}

	static List<String> all(Metadata metadata, String name) {
		Iterable<String> values = isText(name) ? metadata.getAll(key(name)) : null;
		if (values == null) {
			return List.of();
		}
		List<String> all = new ArrayList<>();
		values.forEach(all::add);
		return all;
	}

	/**
	 * Sets a header in place of all others of its name.
	 */
	static void set(Metadata metadata, String name, String value) {
		metadata.discardAll(key(name));
		metadata.put(key(name), value);
	}

	static void add(Metadata metadata, String name, String value) {
		metadata.put(key(name), value);
	}

	static void remove(Metadata metadata, String name) {
		metadata.discardAll(key(name));
	}

	private static Metadata.Key<String> key(String name) {
		return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
	}

	private static boolean isText(String name) {
		return !name.isEmpty() && !name.toLowerCase(Locale.ROOT).endsWith(Metadata.BINARY_HEADER_SUFFIX)
				&& name.chars().allMatch((c) -> c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
	}

}
