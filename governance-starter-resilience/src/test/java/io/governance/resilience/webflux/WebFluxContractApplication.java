// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.governance.context.CallContext;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.test.contract.InboundContract;
import io.governance.test.contract.StreamGate;
import io.governance.time.TimeSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The application of {@code InboundContract}, with WebFlux.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ WebFluxContractApplication.Handlers.class, WebFluxContractApplication.RejectedHandlers.class })
class WebFluxContractApplication {

	@Bean
	SecurityWebFilterChain security(ServerHttpSecurity http) {
		return http
			.authorizeExchange((exchanges) -> exchanges.pathMatchers("/me").authenticated().anyExchange().permitAll())
			.httpBasic(Customizer.withDefaults())
			.csrf((csrf) -> csrf.disable())
			.build();
	}

	@Bean
	MapReactiveUserDetailsService users() {
		return new MapReactiveUserDetailsService(User.withUsername("alice").password("{noop}secret").build(),
				User.withUsername("bob").password("{noop}secret").build());
	}

	@Bean
	ReactorResourceFactory resources() {
		// those that all servers of a JVM share would end with the first server
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	@Bean
	WebFluxConfigurer cors() {
		return new WebFluxConfigurer() {

			@Override
			public void addCorsMappings(CorsRegistry registry) {
				registry.addMapping("/cors").allowedOrigins("https://app.example");
			}

		};
	}

	@RestController
	static class Handlers {

		private final TimeSource time;

		private final StreamGate gate;

		Handlers(TimeSource time, StreamGate gate) {
			this.time = time;
			this.gate = gate;
		}

		@GetMapping({ "/hello", "/me", "/cors" })
		Mono<String> hello() {
			return Mono.just("hello");
		}

		@GetMapping("/fail")
		Mono<String> fail() {
			return Mono.error(new IllegalStateException("told to fail"));
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

		@GetMapping("/stream")
		Mono<Void> stream(ServerHttpResponse response) {
			Flux<String> parts = Flux.concat(Mono.just("first\n"),
					Mono.fromFuture(this.gate.opened(), true).thenReturn("last\n"));
			return response.writeAndFlushWith(parts.map((part) -> Mono.just(buffer(response, part))));
		}

		@GetMapping({ "/held", "/held-async" })
		Mono<String> held() {
			return Mono.fromFuture(this.gate.opened(), true).thenReturn("late");
		}

		@GetMapping(path = "/held-stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> heldStream() {
			return held().flux();
		}

		@GetMapping("/endless")
		Mono<Void> endless(ServerHttpResponse response) {
			Flux<String> parts = Flux.generate((sink) -> sink.next("and so on\n".repeat(1000)));
			return response.writeAndFlushWith(parts.map((part) -> Mono.just(buffer(response, part))));
		}

		private static DataBuffer buffer(ServerHttpResponse response, String part) {
			return response.bufferFactory().wrap(part.getBytes(StandardCharsets.UTF_8));
		}

		@GetMapping("/rejected")
		Mono<String> rejected() {
			return Mono.error(new CallRejectedException("inventory",
					new Rejection(Reason.CIRCUIT_OPEN, "circuit-breaker/inventory", 2_100_000_000L)));
		}

	}

	@RestController
	static class RejectedHandlers {

		@GetMapping("/rejected-handled")
		Mono<String> rejected() {
			return Mono.error(new CallRejectedException("inventory", Rejection.of(Reason.CIRCUIT_OPEN)));
		}

		@ExceptionHandler(CallRejectedException.class)
		@ResponseStatus(HttpStatus.I_AM_A_TEAPOT)
		String handled() {
			return "mine";
		}

	}

}
