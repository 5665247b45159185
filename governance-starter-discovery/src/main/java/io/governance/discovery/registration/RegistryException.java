// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import org.jspecify.annotations.Nullable;

/**
 * A registry did not answer, or its answer was not a success.
 */
public abstract class RegistryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what was asked and what came of it
	 * @param cause why; {@code null} when the message says it all
	 */
	protected RegistryException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Whether the registry was not reached at all.
	 * @return whether there was no answer
	 */
	public abstract boolean noAnswer();

	/**
	 * Whether the registry did not let this process do that.
	 * @return whether it refused
	 */
	public abstract boolean refused();

}
