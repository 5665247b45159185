// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.policy.Rejection;
import io.governance.resilience.inbound.EscapedRejection;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers for a rejected outbound call that a handler let escape. The application's
 * exception handlers have the first say; Spring Boot's error page comes after.
 */
public final class RejectedCallHandler implements WebExceptionHandler, Ordered {

	/** Right before Spring Boot's error handler, which has order -1. */
	public static final int ORDER = -2;

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		Rejection rejection = EscapedRejection.of(error);
		return (rejection != null && !exchange.getResponse().isCommitted())
				? ReactiveRejections.answer(exchange, rejection) : Mono.error(error);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
