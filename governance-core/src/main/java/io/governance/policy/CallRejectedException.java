// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

/**
 * A call was rejected on this side, before it left. Carries no stack trace: rejections
 * come in floods and the place of the throw says nothing.
 */
public class CallRejectedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Rejection rejection;

	/**
	 * Creates the exception.
	 * @param service the service that would have been called
	 * @param rejection why it was not
	 */
	public CallRejectedException(String service, Rejection rejection) {
		super("call to " + service + " rejected: " + rejection.reason()
				+ ((rejection.rule() != null) ? " by " + rejection.rule() : ""), null, false, false);
		this.rejection = rejection;
	}

	/**
	 * Why the call was rejected.
	 * @return the rejection
	 */
	public Rejection rejection() {
		return this.rejection;
	}

}
