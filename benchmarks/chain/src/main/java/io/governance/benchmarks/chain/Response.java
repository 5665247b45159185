// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

/**
 * A response.
 *
 * @param status its HTTP status
 */
record Response(int status) {

	static final Response OK = new Response(200);

	private static final int FIRST_ERROR = 500;

	boolean isError() {
		return this.status >= FIRST_ERROR;
	}

}
