// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import org.jspecify.annotations.Nullable;

/**
 * Tells which revision a service would be served, and when that may have changed.
 * Implementations are thread-safe.
 */
public interface RevisionSource {

	/**
	 * The revision of what the given service would be served now.
	 * @param application the service, or several by comma
	 * @param profiles its profiles, by comma
	 * @return a content hash, or {@code null} while it is not known
	 */
	@Nullable String revision(String application, String profiles);

	/**
	 * Registers a listener for changes.
	 * @param listener called after each change, on the thread that found it; must be
	 * quick
	 */
	void addListener(Runnable listener);

}
