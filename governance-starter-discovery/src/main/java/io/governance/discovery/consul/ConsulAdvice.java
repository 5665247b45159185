// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

/** Why a registration is refused, in words that say what to do. */
final class ConsulAdvice {

	private ConsulAdvice() {
	}

	/**
	 * What health and log show.
	 * @param error what went wrong
	 * @param service the service that registers
	 */
	static ConsulException advised(ConsulException error, String service) {
		String message = String.valueOf(error.getMessage());
		if (!error.refused() || message.contains("not sent")) {
			return error;
		}
		if (message.contains("ACL not found")) {
			return error.with("The agent does not know the token (expected: one that it knows, in "
					+ "governance.discovery.consul.token or the file of governance.discovery.consul.token-file)");
		}
		return error.with("The token has too few rights (expected: service:write for " + service + ")");
	}

}
