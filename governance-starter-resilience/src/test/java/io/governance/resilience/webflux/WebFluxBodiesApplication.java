// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.util.Map;

import io.governance.resilience.InboundServers;
import io.governance.test.ForkedJvm;
import io.governance.test.contract.InboundBodyContract;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The program of {@code InboundBodyContract}, with WebFlux.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class WebFluxBodiesApplication {

	public static void main(String[] args) {
		ConfigurableApplicationContext context = InboundServers.NETTY
			.run(Map.of("governance.rules.rate-limit.all.limit", "1000000"), WebFluxBodiesApplication.class);
		ForkedJvm.ready(InboundServers.NETTY.port(context));
	}

	@Bean
	SecurityWebFilterChain open(ServerHttpSecurity http) {
		return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.csrf((csrf) -> csrf.disable())
			.build();
	}

	@PutMapping("/bodies")
	Mono<String> upload(ServerHttpRequest request) {
		return request.getBody().map(WebFluxBodiesApplication::drop).reduce(0L, Long::sum).map(String::valueOf);
	}

	private static long drop(DataBuffer buffer) {
		long bytes = buffer.readableByteCount();
		DataBufferUtils.release(buffer);
		return bytes;
	}

	@GetMapping("/bodies")
	Mono<Void> download(ServerHttpResponse response) {
		byte[] block = new byte[32 * 1024];
		return response.writeWith(Flux.range(0, (int) (InboundBodyContract.BYTES / block.length))
			.map((i) -> response.bufferFactory().wrap(block)));
	}

}
