// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import io.governance.selection.Copy;

/**
 * The headers that the suite speaks between processes.
 */
public final class GovernanceHeaders {

	/**
	 * Milliseconds that the caller will still wait; every hop lowers it.
	 */
	public static final String TIMEOUT_MS = "x-governance-timeout-ms";

	/** The calling service, for routing and limits; never for access control. */
	public static final String CALLER = "x-governance-caller";

	/** {@code critical}, {@code default} or {@code sheddable}. */
	public static final String PRIORITY = "x-governance-priority";

	/** 1 on a first try. */
	public static final String ATTEMPT = "x-governance-attempt";

	/** On a response: no work was done, safe to retry even for POST. */
	public static final String NOT_PROCESSED = "x-governance-not-processed";

	/**
	 * On a response: it fails because of a call that was retried already, nearer to the
	 * failure, or was not because the retries were used up.
	 */
	public static final String RETRIED = "x-governance-retried";

	/**
	 * On a response: no service gave it, but the rule that is named, on purpose.
	 */
	public static final String FAULT = "x-governance-fault";

	/** On a copy of a call, whose answer nobody reads. */
	public static final String MIRROR = Copy.HEADER;

	private GovernanceHeaders() {
	}

}
