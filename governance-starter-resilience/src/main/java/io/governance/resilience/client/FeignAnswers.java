// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import feign.Request;
import feign.Response;
import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.client.FeignResponses;
import io.governance.resilience.execution.Answers;

import org.springframework.http.HttpHeaders;
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
		boolean encoded = response.headers().containsKey(HttpHeaders.CONTENT_ENCODING);
		Integer length = encoded ? null : body.length();
		return FeignResponses.reading(response, (in) -> new CopiedBody(in, copy, (length != null) ? length : -1),
				copy::abandon);
	}

}
