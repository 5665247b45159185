// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import io.governance.discovery.consul.ConsulException;

/** Why a registration is refused, in words that say what to do. */
final class Refusal {

	private Refusal() {
	}

	/**
	 * What health and log show.
	 * @param error what went wrong
	 * @param service the service that registers
	 */
	static String text(ConsulException error, String service) {
		String message = String.valueOf(error.getMessage());
		if (!error.refused() || message.contains("not sent")) {
			return message;
		}
		if (message.contains("ACL not found")) {
			return message + ". The agent does not know the token (expected: one that it knows, in "
					+ "governance.discovery.consul.token or the file of governance.discovery.consul.token-file)";
		}
		return message + ". The token has too few rights (expected: service:write for " + service + ")";
	}

}
