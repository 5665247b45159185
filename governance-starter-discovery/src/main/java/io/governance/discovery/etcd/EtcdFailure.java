// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.etcd.jetcd.common.exception.ErrorCode;

/**
 * etcd did not answer, or its answer was not a success.
 */
final class EtcdFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean noAnswer;

	private EtcdFailure(String message, boolean noAnswer, Throwable cause) {
		super(message, cause);
		this.noAnswer = noAnswer;
	}

	static EtcdFailure of(String request, Throwable error) {
		Throwable cause = error;
		while ((cause instanceof CompletionException || cause instanceof ExecutionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		if (cause instanceof EtcdFailure known) {
			return known;
		}
		boolean answered = cause instanceof io.etcd.jetcd.common.exception.EtcdException known
				&& known.getErrorCode() != ErrorCode.UNAVAILABLE
				&& known.getErrorCode() != ErrorCode.DEADLINE_EXCEEDED;
		String text = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
		return new EtcdFailure("etcd " + request + ": " + (answered ? text : "no answer (" + text + ")"), !answered,
				cause);
	}

	/**
	 * Whether etcd was not reached, or has no leader.
	 * @return whether there was no answer
	 */
	boolean noAnswer() {
		return this.noAnswer;
	}

}
