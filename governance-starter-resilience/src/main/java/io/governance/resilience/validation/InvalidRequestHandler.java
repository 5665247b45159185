// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import java.util.List;
import java.util.Locale;

import io.governance.rejection.InvalidValue;
import io.governance.rejection.ReactiveAnswers;
import io.governance.rejection.RejectionAnswer;
import io.governance.rejection.TraceId;
import io.governance.resilience.execution.ThreadLocals;

import org.springframework.context.MessageSource;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers for requests of WebFlux that are not valid. Comes after the application's
 * exception handlers, and leaves browsers that want a page to the error page.
 */
public final class InvalidRequestHandler implements WebExceptionHandler, Ordered {

	/** Right before Spring Boot's error handler, which has order -1. */
	public static final int ORDER = -2;

	private final InvalidValues values;

	/**
	 * Creates it.
	 * @param messages the application's messages
	 */
	public InvalidRequestHandler(MessageSource messages) {
		this.values = new InvalidValues(messages);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		List<InvalidValue> invalid = invalid(exchange, error);
		if (invalid.isEmpty()) {
			return Mono.error(error);
		}
		return Mono.deferContextual((view) -> ReactiveAnswers.write(exchange,
				RejectionAnswer.invalidRequest(invalid, ThreadLocals.with(view, TraceId::current))));
	}

	private List<InvalidValue> invalid(ServerWebExchange exchange, Throwable error) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		if (exchange.getResponse().isCommitted() || Media.wantsPage(headers.getFirst(HttpHeaders.ACCEPT))) {
			return List.of();
		}
		Locale locale = exchange.getLocaleContext().getLocale();
		return this.values.of(error, exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE),
				(locale != null) ? locale : Locale.getDefault(),
				Media.isForm(headers.getFirst(HttpHeaders.CONTENT_TYPE)));
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
