// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.store;

/**
 * A request that cannot be carried out. The text goes to the client as it is.
 */
public final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	/**
	 * A refusal.
	 * @param status the HTTP status
	 * @param text the answer's body
	 */
	public RefusedException(int status, String text) {
		super(text, null, false, false);
		this.status = status;
	}

	/**
	 * The HTTP status.
	 * @return 4xx or 5xx
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The body of the answer.
	 * @return plain text
	 */
	public String text() {
		return String.valueOf(getMessage());
	}

}
