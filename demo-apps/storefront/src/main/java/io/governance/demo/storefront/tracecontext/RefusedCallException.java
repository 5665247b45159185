// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

/**
 * What was asked for is not done; the message says why.
 */
final class RefusedCallException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RefusedCallException(String message) {
		super(message);
	}

}
