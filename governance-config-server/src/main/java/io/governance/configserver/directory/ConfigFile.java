// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;

/**
 * One file of the directory, parsed.
 *
 * @param name the name inside the directory
 * @param hash hash of the bytes
 * @param documents the documents of the file in the order they are written; later ones
 * win
 * @param fault why the file cannot be served, or {@code null}
 */
record ConfigFile(String name, String hash, List<PropertySource<?>> documents, @Nullable String fault) {

	ConfigFile {
		documents = List.copyOf(documents);
	}

}
