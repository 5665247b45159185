// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import io.governance.discovery.registration.RegistryException;
import org.jspecify.annotations.Nullable;

/**
 * Consul did not answer, or its answer was not a success.
 */
final class ConsulException extends RegistryException {

	private static final long serialVersionUID = 1L;

	private static final int LONGEST_BODY = 200;

	private static final int UNAUTHORIZED = 401;

	private final int status;

	private ConsulException(String message, int status, @Nullable Throwable cause) {
		super(message, cause);
		this.status = status;
	}

	static ConsulException answered(String request, int status, String body) {
		String text = body.strip().replaceAll("\\s+", " ");
		text = (text.length() > LONGEST_BODY) ? text.substring(0, LONGEST_BODY) + "..." : text;
		return new ConsulException(request + ": " + status + (text.isEmpty() ? "" : " " + text), status, null);
	}

	static ConsulException noAnswer(String request, Throwable cause) {
		String reason = (cause.getMessage() != null) ? cause.getClass().getSimpleName() + " " + cause.getMessage()
				: cause.getClass().getSimpleName();
		return new ConsulException(request + ": no answer (" + reason + ")", 0, cause);
	}

	/** What needs a token that is not known is not sent. */
	static ConsulException tokenUnknown(String request, Throwable cause) {
		return new ConsulException(request + ": not sent (" + cause.getMessage() + ")", UNAUTHORIZED, cause);
	}

	static ConsulException unreadable(String request, Throwable cause) {
		return new ConsulException(request + ": unreadable answer (" + cause.getMessage() + ")", 200, cause);
	}

	/** The same failure, with what to do about it. */
	ConsulException with(String advice) {
		return new ConsulException(getMessage() + ". " + advice, this.status, getCause());
	}

	/**
	 * The HTTP status of the answer.
	 * @return the status; 0 when there was no answer, 401 also when nothing was sent
	 * because the token is not known
	 */
	int status() {
		return this.status;
	}

	@Override
	public boolean noAnswer() {
		return this.status == 0;
	}

	@Override
	public boolean refused() {
		return this.status == UNAUTHORIZED || this.status == 403;
	}

	/**
	 * Whether what was asked for does not exist.
	 * @return whether it does not
	 */
	boolean notFound() {
		return this.status == 404;
	}

}
