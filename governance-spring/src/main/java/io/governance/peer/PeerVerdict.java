// SPDX-License-Identifier: Apache-2.0

package io.governance.peer;

import io.governance.context.TrustedCallers;

/**
 * Whether the peer of a request is trusted, kept with the request for those who ask
 * again.
 *
 * @param callers who was trusted when it was worked out
 * @param trusted whether the peer is
 */
record PeerVerdict(TrustedCallers callers, boolean trusted) {

	/** The request attribute that has it. */
	static final String ATTRIBUTE = PeerVerdict.class.getName();

}
