// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts CORS headers on rejections: a call that is rejected at the edge never reaches the
 * place that would write them. Runs the application's own CORS configuration, wherever it
 * is: {@link CorsWebFilter} beans, {@link CorsConfigurationSource} beans, the handler
 * mappings (the gateway's global CORS configuration among them). A preflight that they
 * answer is answered so, and never rejected.
 */
public final class ReactiveRejectionCors {

	private static final Logger logger = LoggerFactory.getLogger(ReactiveRejectionCors.class);

	private final CorsProcessor processor = new DefaultCorsProcessor();

	private final SingletonSupplier<List<CorsWebFilter>> filters;

	private final SingletonSupplier<List<CorsConfigurationSource>> sources;

	private final SingletonSupplier<List<HandlerMapping>> mappings;

	/**
	 * Creates it. Beans are looked up with the first rejection, when all are there.
	 * @param filters the CORS filters
	 * @param sources the CORS configurations that are beans
	 * @param mappings the handler mappings
	 */
	public ReactiveRejectionCors(ObjectProvider<CorsWebFilter> filters, ObjectProvider<CorsConfigurationSource> sources,
			ObjectProvider<HandlerMapping> mappings) {
		this.filters = SingletonSupplier.of(() -> filters.orderedStream().toList());
		this.sources = SingletonSupplier.of(() -> sources.orderedStream().toList());
		this.mappings = SingletonSupplier.of(() -> mappings.orderedStream().toList());
	}

	/**
	 * Answers a request that is to be rejected.
	 * @param exchange the exchange
	 * @param rejecting writes the rejection
	 * @return completes with the answer
	 */
	Mono<Void> answer(ServerWebExchange exchange, Mono<Void> rejecting) {
		if (!CorsUtils.isCorsRequest(exchange.getRequest())) {
			return rejecting;
		}
		WebFilterChain chain = (given) -> answerBySource(given, rejecting);
		for (CorsWebFilter filter : this.filters.obtain()) {
			WebFilterChain next = chain;
			chain = (given) -> filter.filter(given, next);
		}
		return chain.filter(exchange);
	}

	private Mono<Void> answerBySource(ServerWebExchange exchange, Mono<Void> rejecting) {
		boolean preFlight = CorsUtils.isPreFlightRequest(exchange.getRequest());
		for (CorsConfigurationSource source : this.sources.obtain()) {
			CorsConfiguration configuration = source.getCorsConfiguration(exchange);
			if (configuration != null) {
				boolean valid = this.processor.process(configuration, exchange);
				return (valid && !preFlight) ? rejecting : Mono.empty();
			}
		}
		// a mapping applies its CORS configuration as it looks for the handler
		return Flux.fromIterable(this.mappings.obtain())
			.concatMap((mapping) -> mapping.getHandler(exchange))
			.next()
			.hasElement()
			.onErrorResume((error) -> {
				logger.atDebug().setCause(error).log("no handler for the CORS headers of a rejection");
				return Mono.just(false);
			})
			.flatMap((found) -> (found && (preFlight || isRefused(exchange))) ? Mono.<Void>empty() : rejecting);
	}

	private static boolean isRefused(ServerWebExchange exchange) {
		return exchange.getResponse().getStatusCode() == HttpStatus.FORBIDDEN;
	}

}
