// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How this service stands with its config server. Immutable.
 *
 * @param source where the set in force comes from
 * @param revision the revision of the set in force
 * @param connected whether the server answered last
 * @param fault why the server is not reached or does not serve
 * @param refusedRevision the revision that this service refused, if one is refused now
 * @param violations what was wrong with it, each with its origin
 * @param restartNeeded settings that changed and count only after a restart
 */
public record RemoteConfigStatus(Source source, @Nullable String revision, boolean connected, @Nullable String fault,
		@Nullable String refusedRevision, List<String> violations, List<String> restartNeeded) {

	/**
	 * Copies the lists.
	 */
	public RemoteConfigStatus {
		violations = List.copyOf(violations);
		restartNeeded = List.copyOf(restartNeeded);
	}

	/**
	 * A set has been taken.
	 * @param from where it comes from
	 * @param config the set
	 * @return a status without faults
	 */
	public static RemoteConfigStatus taken(Source from, RemoteConfig config) {
		return new RemoteConfigStatus(from, config.revision(), from == Source.SERVER, null, null, List.of(), List.of());
	}

	/**
	 * The server answered.
	 * @return this status, connected
	 */
	public RemoteConfigStatus whenConnected() {
		return new RemoteConfigStatus(this.source, this.revision, true, null, this.refusedRevision, this.violations,
				this.restartNeeded);
	}

	/**
	 * The server did not answer, or did not serve.
	 * @param reached whether it answered at all
	 * @param reason why
	 * @return this status with the fault
	 */
	public RemoteConfigStatus withFault(boolean reached, String reason) {
		return new RemoteConfigStatus(this.source, this.revision, reached, reason, this.refusedRevision,
				this.violations, this.restartNeeded);
	}

	/**
	 * A set was refused.
	 * @param refused its revision
	 * @param reasons what was wrong with it
	 * @return this status with the refusal
	 */
	public RemoteConfigStatus withRefusal(@Nullable String refused, List<String> reasons) {
		return new RemoteConfigStatus(this.source, this.revision, true, null, (refused != null) ? refused : "unknown",
				reasons, this.restartNeeded);
	}

	/**
	 * Changed settings wait for a restart.
	 * @param settings names of the settings
	 * @return this status with the names
	 */
	public RemoteConfigStatus withRestartNeeded(List<String> settings) {
		return new RemoteConfigStatus(this.source, this.revision, this.connected, this.fault, this.refusedRevision,
				this.violations, settings);
	}

	/**
	 * Where a set comes from.
	 */
	public enum Source {

		/** The config server. */
		SERVER,

		/** The last-known-good file. */
		LAST_KNOWN_GOOD,

		/** Nowhere: there is no remote configuration. */
		NONE

	}

}
