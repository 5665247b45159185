// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

/**
 * DNS did not answer, or its answer names no instance.
 */
final class DnsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DnsException(String message, Throwable cause) {
		super(message, cause);
	}

	DnsException(String message) {
		super(message);
	}

}
