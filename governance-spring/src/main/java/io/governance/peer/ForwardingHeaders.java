// SPDX-License-Identifier: Apache-2.0

package io.governance.peer;

import java.util.List;

/**
 * The headers that servers may replace a peer's address from.
 */
final class ForwardingHeaders {

	static final List<String> ADDRESSES = List.of("Forwarded", "X-Forwarded-For");

	private ForwardingHeaders() {
	}

}
