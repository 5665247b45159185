// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import io.governance.policy.Rejection;

/**
 * The names of the attributes that inbound adapters leave on a request for whoever
 * reports about it when it is over, such as the access log.
 */
public final class RequestAttributes {

	/** The {@link CallContext} of the request. */
	public static final String CONTEXT = CallContext.class.getName();

	/** The {@link Rejection} that the request was answered with. */
	public static final String REJECTION = Rejection.class.getName();

	/**
	 * Present once the answer of a request that was handed on has begun to come back: its
	 * deadline is kept.
	 */
	public static final String ANSWERED = RequestAttributes.class.getName() + ".answered";

	private RequestAttributes() {
	}

}
