// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

import io.governance.context.CallContext;
import io.governance.policy.CallRejectedException;
import io.governance.test.contract.InboundContract;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Handlers within the gateway for the inbound contract, and a filter in the place of
 * security.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ContractHandlers.Handlers.class, ContractHandlers.RejectedHandlers.class })
class ContractHandlers {

	private static final Set<String> USERS = Set.of("alice", "bob");

	@Bean
	@Order(-100)
	WebFilter security() {
		return (exchange, chain) -> {
			if (!exchange.getRequest().getPath().value().equals("/me")) {
				return chain.filter(exchange);
			}
			String user = user(exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
			if (user == null) {
				exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
				return exchange.getResponse().setComplete();
			}
			return chain.filter(exchange.mutate().principal(Mono.just(() -> user)).build());
		};
	}

	private static @Nullable String user(@Nullable String authorization) {
		if (authorization == null || !authorization.startsWith("Basic ")) {
			return null;
		}
		String[] parts = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8)
			.split(":", 2);
		return (USERS.contains(parts[0]) && "secret".equals(parts[1])) ? parts[0] : null;
	}

	@RestController
	static class Handlers {

		private final TimeSource time;

		Handlers(TimeSource time) {
			this.time = time;
		}

		@GetMapping("/context")
		Mono<String> context() {
			return Mono.deferContextual((view) -> Mono
				.just(InboundContract.describe(view.getOrDefault(CallContext.KEY, CallContext.NONE), this.time)));
		}

		@GetMapping("/async")
		Mono<String> async() {
			return Mono.just("").publishOn(Schedulers.boundedElastic()).flatMap((nothing) -> context());
		}

		@GetMapping("/rejected")
		Mono<String> rejected() {
			return Mono.error(InboundContract.REJECTED);
		}

	}

	@RestController
	static class RejectedHandlers {

		@GetMapping("/rejected-handled")
		Mono<String> rejected() {
			return Mono.error(InboundContract.REJECTED);
		}

		@ExceptionHandler(CallRejectedException.class)
		@ResponseStatus(HttpStatus.I_AM_A_TEAPOT)
		String handled() {
			return "mine";
		}

	}

}
