// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.resilience.execution.Answers;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers one routed request. What is put on the exchange here is written by
 * {@link AnswerFilter}, outside of the filters that still change the head.
 */
final class ExchangeAnswers implements Answers<ServerWebExchange> {

	private final ServerWebExchange exchange;

	private final Set<String> own;

	/**
	 * Creates it.
	 * @param exchange the exchange
	 * @param own headers of the response that were there before it was routed
	 */
	ExchangeAnswers(ServerWebExchange exchange, Set<String> own) {
		this.exchange = exchange;
		this.own = own;
	}

	@Override
	public ServerWebExchange response(Answer answer) {
		this.exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(answer.status()));
		HttpHeaders headers = this.exchange.getResponse().getHeaders();
		answer.headers().forEach(headers::put);
		if (answer.body().length > 0) {
			headers.setContentLength(answer.body().length);
			this.exchange.getAttributes().put(AnswerFilter.INSTEAD, answer.body());
		}
		return this.exchange;
	}

	@Override
	public Map<String, List<String>> headers(ServerWebExchange response) {
		Map<String, List<String>> headers = new HashMap<>();
		response.getResponse().getHeaders().forEach((name, values) -> {
			if (this.own.stream().noneMatch(name::equalsIgnoreCase)) {
				headers.put(name, values);
			}
		});
		return headers;
	}

	@Override
	@SuppressWarnings("unchecked")
	public ServerWebExchange copied(ServerWebExchange response, AnswerCopy copy) {
		((List<AnswerCopy>) this.exchange.getAttributes()
			.computeIfAbsent(AnswerFilter.COPIES, (name) -> new ArrayList<>())).add(copy);
		return response;
	}

}
