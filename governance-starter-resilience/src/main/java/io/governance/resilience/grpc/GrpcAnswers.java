// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.resilience.execution.Answers;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Answers a unary call in place of its server. The body is the serialized response of the
 * method: a message of Protocol Buffers, so that an empty one is the message of defaults.
 *
 * @param <R> the response
 */
final class GrpcAnswers<R> implements Answers<GrpcReply<R>> {

	private static final int FIRST_ERROR = 400;

	private final MethodDescriptor<?, R> method;

	GrpcAnswers(MethodDescriptor<?, R> method) {
		this.method = method;
	}

	@Override
	public GrpcReply<R> response(Answer answer) {
		Metadata headers = new Metadata();
		answer.headers().forEach((name, values) -> {
			if (name.toLowerCase(Locale.ROOT).startsWith("x-")) {
				values.forEach((value) -> MetadataHeaders.add(headers, name, value));
			}
		});
		if (answer.status() >= FIRST_ERROR) {
			return new GrpcReply<>(GrpcStatuses.of(answer.status()), null, null, headers);
		}
		try {
			R message = this.method.parseResponse(new ByteArrayInputStream(answer.body()));
			return new GrpcReply<>(Status.OK, headers, message, new Metadata());
		}
		catch (StatusRuntimeException ex) {
			Status status = Status.INTERNAL
				.withDescription("the fallback's body is no response of " + this.method.getFullMethodName())
				.withCause(ex);
			return new GrpcReply<>(status, null, null, headers);
		}
	}

	@Override
	public Map<String, List<String>> headers(GrpcReply<R> response) {
		return Map.of();
	}

	/**
	 * Nothing is kept: what was asked for is in a message that no rule reads.
	 */
	@Override
	public GrpcReply<R> copied(GrpcReply<R> response, AnswerCopy copy) {
		copy.abandon();
		return response;
	}

}
