// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A check as it was registered.
 *
 * @param id unique on the agent
 * @param name for people
 * @param notes for people
 * @param type {@code ttl}, {@code http}, {@code tcp}, {@code grpc}, {@code maintenance}
 * or empty
 * @param serviceId the instance it belongs to, or empty for the node
 * @param ttl how long a report is good for; {@code null} unless the type is {@code ttl}
 * @param probe how to ask the instance; {@code null} unless the type is {@code http},
 * {@code tcp} or {@code grpc}
 * @param initialStatus the status before the first report
 * @param deregisterAfter how long it may be critical before the instance is removed;
 * {@code null} for ever
 */
public record CheckDefinition(String id, String name, String notes, String type, String serviceId,
		@Nullable Duration ttl, @Nullable Probe probe, CheckStatus initialStatus, @Nullable Duration deregisterAfter) {

	/**
	 * Whether the instance itself reports.
	 * @return {@code true} for a TTL check
	 */
	public boolean isTtl() {
		return this.ttl != null;
	}

}
