// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.concurrent.CompletableFuture;

/**
 * Answers one kind of request.
 */
@FunctionalInterface
interface Handler {

	/**
	 * Answers now or later, without holding a thread.
	 * @param request the request
	 * @param rest what follows the route's prefix in the path
	 * @return the answer; cancelled when the client has gone
	 */
	CompletableFuture<Reply> handle(ApiRequest request, String rest);

	/**
	 * Answers now.
	 */
	@FunctionalInterface
	interface Immediate {

		/**
		 * Answers.
		 * @param request the request
		 * @param rest what follows the route's prefix in the path
		 * @return the answer
		 */
		Reply handle(ApiRequest request, String rest);

	}

}
