// SPDX-License-Identifier: Apache-2.0

package io.governance.peer;

import java.util.List;
import java.util.function.Predicate;

/**
 * The headers that servers may replace a peer's address from.
 */
final class ForwardingHeaders {

	private static final List<String> ADDRESSES = List.of("Forwarded", "X-Forwarded-For");

	private ForwardingHeaders() {
	}

	static boolean isAnyIn(Predicate<String> request) {
		for (String name : ADDRESSES) {
			if (request.test(name)) {
				return true;
			}
		}
		return false;
	}

}
