// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.governance.context.CallContext;
import io.micrometer.tracing.Tracer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * What filters that a user adds to the gateway know of the trace and its caller, on the
 * way in and on the way back, and the spans of it all.
 */
@Configuration(proxyBeanMethods = false)
class GatewayTraces {

	private static final Logger logger = LoggerFactory.getLogger(GatewayTraces.class);

	final Map<String, List<String>> seen = new ConcurrentHashMap<>();

	final Map<String, List<String>> callers = new ConcurrentHashMap<>();

	@Bean
	static Spans spans() {
		return new Spans();
	}

	/**
	 * As Spring Security does.
	 */
	@Bean
	@Order(-1)
	WebFilter authentication() {
		TestingAuthenticationToken alice = new TestingAuthenticationToken("alice", "secret");
		return (exchange, chain) -> chain.filter(exchange)
			.contextWrite(ReactiveSecurityContextHolder.withAuthentication(alice));
	}

	@Bean
	@Order(0)
	WebFilter userWebFilter(ObjectProvider<Tracer> tracer) {
		return (exchange, chain) -> noted("web filter", exchange, tracer, Mono.defer(() -> chain.filter(exchange)));
	}

	@Bean
	GlobalFilter earlyUserFilter(ObjectProvider<Tracer> tracer) {
		return new OrderedGlobalFilter(
				(exchange, chain) -> noted("early", exchange, tracer, Mono.defer(() -> chain.filter(exchange))), -100);
	}

	@Bean
	GlobalFilter userFilter(ObjectProvider<Tracer> tracer) {
		return new OrderedGlobalFilter(
				(exchange, chain) -> noted("filter", exchange, tracer, Mono.defer(() -> chain.filter(exchange))), 0);
	}

	@Bean
	GlobalFilter unorderedUserFilter(ObjectProvider<Tracer> tracer) {
		return (exchange, chain) -> noted("unordered", exchange, tracer, Mono.defer(() -> chain.filter(exchange)));
	}

	@Bean
	GlobalFilter lateUserFilter(ObjectProvider<Tracer> tracer) {
		return new OrderedGlobalFilter(
				(exchange, chain) -> noted("late", exchange, tracer, Mono.defer(() -> chain.filter(exchange))), 20_000);
	}

	private Mono<Void> noted(String place, ServerWebExchange exchange, ObjectProvider<Tracer> tracer, Mono<Void> rest) {
		return Mono.<Void>fromRunnable(() -> note(place + " in", exchange, tracer.getObject()))
			.then(caller(place + " in", exchange))
			.then(rest)
			.then(Mono.<Void>fromRunnable(() -> note(place + " back", exchange, tracer.getObject())))
			.then(caller(place + " back", exchange));
	}

	/**
	 * Notes principal and deadline, which are in Reactor's context.
	 */
	private Mono<Void> caller(String place, ServerWebExchange exchange) {
		return ReactiveSecurityContextHolder.getContext()
			.map((security) -> String.valueOf(security.getAuthentication().getName()))
			.defaultIfEmpty("nobody")
			.flatMap((principal) -> Mono.deferContextual((view) -> {
				CallContext context = view.getOrDefault(CallContext.KEY, CallContext.NONE);
				String call = exchange.getRequest().getHeaders().getFirst("x-call");
				if (call != null) {
					this.callers.computeIfAbsent(call, (key) -> new CopyOnWriteArrayList<>())
						.add(place + ": " + principal + " " + ((context.deadline() != null) ? "in time" : "whenever"));
				}
				return Mono.empty();
			}));
	}

	private void note(String place, ServerWebExchange exchange, Tracer tracer) {
		logger.info("user's {} works", place);
		String call = exchange.getRequest().getHeaders().getFirst("x-call");
		String span = (tracer.currentSpan() != null) ? tracer.currentSpan().context().traceId() : "none";
		String lane = (tracer.getBaggage("lane") != null) ? tracer.getBaggage("lane").get() : null;
		if (call != null) {
			this.seen.computeIfAbsent(call, (key) -> new CopyOnWriteArrayList<>())
				.add(place + ": " + span + " " + MDC.get("traceId") + " " + lane + " " + MDC.get("lane"));
		}
	}

	/**
	 * Spring Cloud does not see an annotation on a bean method.
	 */
	private record OrderedGlobalFilter(GlobalFilter filter, int order) implements GlobalFilter, Ordered {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
			return this.filter.filter(exchange, chain);
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

	static final class Spans extends SpanHandler {

		private final List<MutableSpan> finished = new CopyOnWriteArrayList<>();

		@Override
		public boolean end(TraceContext context, MutableSpan span, Cause cause) {
			this.finished.add(span);
			return true;
		}

		List<MutableSpan> of(String traceId) {
			return this.finished.stream()
				.filter((span) -> span.traceId().equals(traceId))
				.sorted(Comparator.comparing(MutableSpan::startTimestamp))
				.toList();
		}

	}

}
