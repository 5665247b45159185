// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.baggage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import brave.baggage.BaggageField;
import brave.baggage.BaggagePropagation;
import brave.baggage.BaggagePropagationConfig.SingleBaggageField;
import brave.propagation.Propagation;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import io.governance.tracing.propagation.ExtractionCustomizers;
import io.governance.tracing.propagation.TraceFormat;
import io.governance.tracing.propagation.TraceHeaderPropagation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BaggageHeaderPropagationTests {

	private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private final BaggageField lane = BaggageField.create("lane");

	private final BaggageHeaderPropagation propagation = new BaggageHeaderPropagation(traces(), List.of("lane"),
			ExtractionCustomizers.none());

	@Test
	void readsTraceAndBaggage() {
		TraceContextOrSamplingFlags extracted = extract(
				Map.of("traceparent", TRACEPARENT, "baggage", "lane=b%20lue,user=42"));
		assertThat(extracted.context().traceIdString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
		assertThat(this.lane.getValue(extracted)).isEqualTo("b lue");
	}

	@Test
	void readsBaggageOfACallerThatSendsNoTrace() {
		TraceContextOrSamplingFlags extracted = extract(Map.of("baggage", "lane=blue"));
		assertThat(extracted.context()).isNull();
		assertThat(this.lane.getValue(extracted)).isEqualTo("blue");
	}

	@Test
	void writesConfiguredKeysOnlyEvenIfTheDelegateKnowsMore() {
		Map<String, String> sent = inject(
				extract(Map.of("traceparent", TRACEPARENT, "baggage", "user=42,lane=blue,inner=1")));
		assertThat(sent).containsEntry("baggage", "lane=blue").containsKey("traceparent").doesNotContainKey("lane");
	}

	@Test
	void writesNoHeaderWhereNoKeyHasAValue() {
		assertThat(inject(extract(Map.of("traceparent", TRACEPARENT, "baggage", "user=42"))))
			.containsOnlyKeys("traceparent");
	}

	@Test
	void namesTheHeaderSoThatAGatewayRemovesTheCallersOwn() {
		assertThat(this.propagation.keys()).contains("traceparent", "tracestate", "baggage");
	}

	@Test
	void doesWhatTheDelegateDoesOtherwise() {
		Propagation.Factory delegate = traces();
		assertThat(this.propagation.get()).isSameAs(this.propagation);
		assertThat(this.propagation.supportsJoin()).isEqualTo(delegate.supportsJoin());
		assertThat(this.propagation.requires128BitTraceId()).isEqualTo(delegate.requires128BitTraceId());
	}

	private static Propagation.Factory traces() {
		TraceHeaderPropagation w3c = new TraceHeaderPropagation(List.of(TraceFormat.W3C), List.of(TraceFormat.W3C), 512,
				ExtractionCustomizers.none());
		return BaggagePropagation.newFactoryBuilder(w3c)
			.add(SingleBaggageField.local(BaggageField.create("lane")))
			.add(SingleBaggageField.local(BaggageField.create("inner")))
			.build();
	}

	private TraceContextOrSamplingFlags extract(Map<String, String> headers) {
		return this.propagation.get().<Map<String, String>>extractor(Map::get).extract(headers);
	}

	private Map<String, String> inject(TraceContextOrSamplingFlags extracted) {
		TraceContext context = this.propagation.decorate(extracted.context());
		Map<String, String> headers = new HashMap<>();
		this.propagation.get().<Map<String, String>>injector(Map::put).inject(context, headers);
		return headers;
	}

}
