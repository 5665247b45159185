// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.etcd.jetcd.common.exception.EtcdException;
import io.governance.discovery.registration.RegistryException;
import io.grpc.Status;

/**
 * etcd did not answer, or its answer was not a success.
 */
final class EtcdFailure extends RegistryException {

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
		Status.Code code = code(cause);
		boolean answered = code != Status.Code.UNKNOWN && code != Status.Code.UNAVAILABLE
				&& code != Status.Code.DEADLINE_EXCEEDED;
		String text = text(cause);
		return new EtcdFailure("etcd " + request + ": " + (answered ? text : "no answer (" + text + ")"), !answered,
				cause);
	}

	private static Status.Code code(Throwable cause) {
		return (cause instanceof EtcdException known) ? Status.Code.valueOf(known.getErrorCode().name())
				: Status.fromThrowable(cause).getCode();
	}

	/** A failed log-in is the cause of an error without a description. */
	private static String text(Throwable cause) {
		String message = (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
		Throwable deeper = cause.getCause();
		if (deeper == null || !message.equals(Status.fromThrowable(cause).getCode().name())) {
			return message;
		}
		return message + ": " + deeper.getMessage();
	}

	/** Also where etcd has no leader. */
	@Override
	public boolean noAnswer() {
		return this.noAnswer;
	}

	@Override
	public boolean refused() {
		return !this.noAnswer;
	}

}
