// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import brave.Tracing;
import brave.baggage.BaggageField;
import brave.baggage.BaggagePropagation;
import brave.baggage.BaggagePropagationConfig.SingleBaggageField;
import brave.handler.SpanHandler;
import brave.propagation.Propagation;
import io.governance.tracing.baggage.BaggageHeaderPropagation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

/**
 * A service without HTTP: reads headers, begins a span and writes the headers of a call.
 */
final class CodecHop implements AutoCloseable {

	private final Tracing tracing;

	private final BraveTracer tracer;

	private final Propagator propagator;

	CodecHop(List<TraceFormat> produce, List<TraceFormat> consume) {
		this(new TraceHeaderPropagation(produce, consume, 512, ExtractionCustomizers.none()));
	}

	CodecHop(Propagation.Factory traces) {
		BaggagePropagation.FactoryBuilder builder = BaggagePropagation.newFactoryBuilder(traces);
		builder.add(SingleBaggageField.local(BaggageField.create("lane")));
		this.tracing = Tracing.newBuilder().traceId128Bit(true).addSpanHandler(new SpanHandler() {
		})
			.propagationFactory(
					new BaggageHeaderPropagation(builder.build(), List.of("lane"), ExtractionCustomizers.none()))
			.build();
		this.tracer = new BraveTracer(this.tracing.tracer(),
				new BraveCurrentTraceContext(this.tracing.currentTraceContext()), new BraveBaggageManager());
		this.propagator = new MultiValuePropagator(new BravePropagator(this.tracing));
	}

	static CodecHop standard() {
		return new CodecHop(List.of(TraceFormat.W3C), List.of(TraceFormat.values()));
	}

	Map<String, List<String>> pass(List<Map.Entry<String, String>> headers) {
		Map<String, List<String>> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((header) -> received.computeIfAbsent(header.getKey(), (name) -> new ArrayList<>())
			.add(header.getValue()));
		Span server = this.propagator.extract(received, new Lines()).start();
		Map<String, List<String>> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		Span client = this.tracer.nextSpan(server).start();
		this.propagator.inject(client.context(), sent, (carrier, name, value) -> carrier.put(name, List.of(value)));
		client.end();
		server.end();
		return sent;
	}

	List<String> fields() {
		return this.propagator.fields();
	}

	@Override
	public void close() {
		this.tracing.close();
	}

	private static final class Lines implements Propagator.Getter<Map<String, List<String>>> {

		@Override
		public @Nullable String get(Map<String, List<String>> carrier, String key) {
			return carrier.containsKey(key) ? carrier.get(key).get(0) : null;
		}

		@Override
		public Iterable<String> getAll(Map<String, List<String>> carrier, String key) {
			return carrier.getOrDefault(key, List.of());
		}

	}

}
