// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.governance.test.contract.BalancedContract;
import io.governance.test.contract.OutboundClient;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running application, and how to take a client out of it.
 */
final class ClientsApplication implements BalancedContract.Application {

	private final ConfigurableApplicationContext context;

	private final BiFunction<ApplicationContext, String, OutboundClient> balanced;

	private final BiFunction<ApplicationContext, URI, OutboundClient> plain;

	private ClientsApplication(ConfigurableApplicationContext context,
			BiFunction<ApplicationContext, String, OutboundClient> balanced,
			BiFunction<ApplicationContext, URI, OutboundClient> plain) {
		this.context = context;
		this.balanced = balanced;
		this.plain = plain;
	}

	static BalancedContract.Application start(Class<?> application, List<String> properties,
			BiFunction<ApplicationContext, String, OutboundClient> balanced,
			BiFunction<ApplicationContext, URI, OutboundClient> plain) {
		String[] arguments = Stream
			.concat(properties.stream(),
					Stream.of("spring.config.name=none", "spring.main.banner-mode=off",
							"management.tracing.sampling.probability=1.0",
							// Spring Cloud Circuit Breaker runs calls on threads of its
							// own, and hides rejections
							"spring.cloud.circuitbreaker.http-services.enabled=false",
							"spring.cloud.circuitbreaker.reactive-http-services.enabled=false"))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		return new ClientsApplication(
				new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(arguments), balanced, plain);
	}

	@Override
	public OutboundClient client(String service) {
		return this.balanced.apply(this.context, service);
	}

	@Override
	public OutboundClient plain(URI uri) {
		return this.plain.apply(this.context, uri);
	}

	@Override
	@SuppressWarnings("try")
	public <T> T traced(String traceId, Supplier<T> work) {
		Tracer tracer = this.context.getBean(Tracer.class);
		TraceContext parent = tracer.traceContextBuilder()
			.traceId(traceId)
			.spanId("b7ad6b7169203331")
			.sampled(true)
			.build();
		Span span = tracer.spanBuilder().setParent(parent).name("test").start();
		try (Tracer.SpanInScope scope = tracer.withSpan(span);
				BaggageInScope lane = tracer.createBaggageInScope("lane", "blue")) {
			return work.get();
		}
		finally {
			span.end();
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
