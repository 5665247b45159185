// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A span as a backend got it, whatever the protocol.
 *
 * @param service the process's service
 * @param id the span id
 * @param parentId the parent's span id; {@code null} for a root
 * @param kind {@code CLIENT}, {@code SERVER} and so on; empty when it has none
 * @param error whether it is marked as failed
 * @param tags its tags
 */
record RecordedSpan(String service, String id, @Nullable String parentId, String kind, boolean error,
		Map<String, String> tags) {

	boolean isAttempt() {
		return this.tags.containsKey("governance.attempt");
	}

}
