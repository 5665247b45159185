// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.time.Duration;
import java.util.Map;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.context.RequestAttributes;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class ReactiveAccessLogApplication {

	@GetMapping("/hello")
	Mono<String> hello() {
		return Mono.just("hello");
	}

	@GetMapping("/async")
	Mono<String> async() {
		return Mono.delay(Duration.ofMillis(50)).thenReturn("late");
	}

	@GetMapping("/fails")
	Mono<String> fails() {
		return Mono.error(new IllegalStateException("on purpose"));
	}

	@GetMapping(path = "/stream", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
	Flux<DataBuffer> stream() {
		return buffers(1_000).take(100);
	}

	@GetMapping(path = "/endless", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
	Flux<DataBuffer> endless() {
		return buffers(10_000);
	}

	private static Flux<DataBuffer> buffers(int size) {
		return Flux.generate((sink) -> sink.next(DefaultDataBufferFactory.sharedInstance.wrap(new byte[size])));
	}

	@PostMapping("/echo")
	Mono<String> echo(@RequestBody Mono<String> body) {
		return body;
	}

	@GetMapping("/rejected")
	Mono<Void> rejected(ServerWebExchange exchange) {
		exchange.getAttributes()
			.put(RequestAttributes.REJECTION, new Rejection(Reason.RATE_LIMITED, "rate-limit/checkout", 0));
		exchange.getAttributes()
			.put(RequestAttributes.CONTEXT, new CallContext(null, 1, Map.of(), "storefront", Priority.DEFAULT));
		exchange.getResponse().setStatusCode(HttpStatus.TOO_MANY_REQUESTS);
		return exchange.getResponse().setComplete();
	}

}
