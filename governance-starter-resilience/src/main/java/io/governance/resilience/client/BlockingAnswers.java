// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.resilience.execution.Answers;

import org.springframework.http.client.ClientHttpResponse;

/**
 * Answers {@code RestClient} and {@code RestTemplate}. Thread-safe.
 */
final class BlockingAnswers implements Answers<ClientHttpResponse> {

	@Override
	public ClientHttpResponse response(Answer answer) {
		return new AnsweredResponse(answer);
	}

	@Override
	public Map<String, List<String>> headers(ClientHttpResponse response) {
		Map<String, List<String>> headers = new HashMap<>();
		response.getHeaders().forEach(headers::put);
		return headers;
	}

	@Override
	public ClientHttpResponse copied(ClientHttpResponse response, AnswerCopy copy) {
		return new CopiedResponse(response, copy);
	}

}
