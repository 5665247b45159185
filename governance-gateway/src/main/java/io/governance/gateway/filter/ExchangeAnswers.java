// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

	private final Map<String, List<String>> own;

	/**
	 * Creates it.
	 * @param exchange the exchange
	 * @param own headers of the response that were there before it was routed
	 */
	ExchangeAnswers(ServerWebExchange exchange, Map<String, List<String>> own) {
		this.exchange = exchange;
		this.own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		this.own.putAll(own);
	}

	@Override
	public ServerWebExchange response(Answer answer) {
		this.exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(answer.status()));
		HttpHeaders headers = this.exchange.getResponse().getHeaders();
		answer.headers().forEach((name, values) -> {
			headers.put(name, new ArrayList<>(values));
			if (HttpHeaders.VARY.equalsIgnoreCase(name)) {
				headers.addAll(name, this.own.getOrDefault(name, List.of()));
			}
		});
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
			List<String> routed = new ArrayList<>(values);
			this.own.getOrDefault(name, List.of()).forEach(routed::remove);
			if (!routed.isEmpty()) {
				headers.put(name, routed);
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
