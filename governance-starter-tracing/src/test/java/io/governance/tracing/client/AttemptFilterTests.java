// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.governance.context.Attempts;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AttemptFilterTests {

	private final List<MutableSpan> ended = new CopyOnWriteArrayList<>();

	private final Tracing tracing = Tracing.newBuilder().addSpanHandler(new SpanHandler() {

		@Override
		public boolean end(TraceContext context, MutableSpan span, Cause cause) {
			AttemptFilterTests.this.ended.add(span);
			return true;
		}

	}).build();

	private final BraveTracer tracer = new BraveTracer(this.tracing.tracer(),
			new BraveCurrentTraceContext(this.tracing.currentTraceContext()), new BraveBaggageManager());

	@AfterEach
	void close() {
		this.tracing.close();
	}

	@Test
	void aSpanThatEndedWithAResponseIsNotFailedByALaterCancellation() {
		Mono<ClientResponse> answered = Mono.just(ClientResponse.create(HttpStatus.OK).build());
		attempt(answered).flatMap((response) -> Mono.never()).subscribe().dispose();
		attempt(answered).flux().concatWith(Mono.never()).subscribe().dispose();
		assertThat(this.ended).hasSize(2).allSatisfy((span) -> {
			assertThat(span.tag("status")).isEqualTo("200");
			assertThat(span.error()).isNull();
		});
	}

	@Test
	void anAttemptWithoutAnyResponseEnds() {
		attempt(Mono.empty()).block();
		assertThat(this.ended).singleElement().satisfies((span) -> {
			assertThat(span.finishTimestamp()).isPositive();
			assertThat(span.error()).isNull();
		});
	}

	@Test
	void anAttemptThatFailsOrIsGivenUpIsAnError() {
		assertThatIllegalStateException()
			.isThrownBy(() -> attempt(Mono.error(new IllegalStateException("refused"))).block());
		attempt(Mono.never()).subscribe().dispose();
		assertThat(this.ended).extracting((span) -> span.error().getClass().getSimpleName())
			.containsExactly("IllegalStateException", "CancellationException");
	}

	private Mono<ClientResponse> attempt(Mono<ClientResponse> response) {
		AttemptFilter filter = new AttemptFilter(new AttemptSpans(this.tracer, new BravePropagator(this.tracing)));
		TracingContext traced = new TracingContext();
		traced.setSpan(this.tracer.nextSpan());
		Observation.Context context = new Observation.Context().put(TracingContext.class, traced);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler((any) -> true);
		Observation observation = Observation.createNotStarted("call", () -> context, registry);
		ClientRequest request = ClientRequest.create(HttpMethod.GET, URI.create("http://127.0.0.1:1/"))
			.attribute(Attempts.ATTRIBUTE, new Attempts("orders"))
			.build();
		return filter.filter(request, (sent) -> response)
			.contextWrite((view) -> view.put(ObservationThreadLocalAccessor.KEY, observation));
	}

}
