// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import feign.Request;
import feign.Response;
import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.resilience.execution.Answers;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Answers one call of a Feign client.
 */
final class FeignAnswers implements Answers<Response> {

	private final Request request;

	FeignAnswers(Request request) {
		this.request = request;
	}

	@Override
	public Response response(Answer answer) {
		HttpStatus known = HttpStatus.resolve(answer.status());
		Map<String, Collection<String>> headers = new HashMap<>();
		answer.headers().forEach(headers::put);
		return Response.builder()
			.status(answer.status())
			.reason((known != null) ? known.getReasonPhrase() : null)
			.headers(headers)
			.request(this.request)
			.body(answer.body())
			.build();
	}

	@Override
	public Map<String, List<String>> headers(Response response) {
		Map<String, List<String>> headers = new HashMap<>();
		response.headers().forEach((name, values) -> headers.put(name, List.copyOf(values)));
		return headers;
	}

	@Override
	public Response copied(Response response, AnswerCopy copy) {
		Response.Body body = response.body();
		if (body == null) {
			copy.complete();
			return response;
		}
		return response.toBuilder().body(new Copied(body, copy)).build();
	}

	private static final class Copied implements Response.Body {

		private final Response.Body body;

		private final AnswerCopy copy;

		private @Nullable InputStream stream;

		Copied(Response.Body body, AnswerCopy copy) {
			this.body = body;
			this.copy = copy;
		}

		@Override
		public @Nullable Integer length() {
			return this.body.length();
		}

		@Override
		public boolean isRepeatable() {
			return this.body.isRepeatable();
		}

		@Override
		public InputStream asInputStream() throws IOException {
			InputStream copied = this.stream;
			if (copied == null) {
				Integer length = length();
				copied = new CopiedBody(this.body.asInputStream(), this.copy, (length != null) ? length : -1);
				this.stream = copied;
				return copied;
			}
			return isRepeatable() ? this.body.asInputStream() : copied;
		}

		@Override
		@SuppressWarnings("deprecation")
		public Reader asReader() throws IOException {
			return asReader(StandardCharsets.UTF_8);
		}

		@Override
		public Reader asReader(Charset charset) throws IOException {
			return new InputStreamReader(asInputStream(), charset);
		}

		@Override
		public void close() throws IOException {
			this.copy.abandon();
			this.body.close();
		}

	}

}
