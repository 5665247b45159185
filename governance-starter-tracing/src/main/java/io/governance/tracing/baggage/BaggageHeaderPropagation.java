// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.baggage;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import brave.baggage.BaggageField;
import brave.propagation.Propagation;
import brave.propagation.TraceContext;
import brave.propagation.TraceContext.Extractor;
import brave.propagation.TraceContext.Injector;
import brave.propagation.TraceContextOrSamplingFlags;
import io.governance.tracing.propagation.ExtractionCustomizers;
import io.governance.tracing.propagation.RequestHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Puts the W3C {@code baggage} header around the trace formats of another propagation:
 * configured keys are read and written, everything else in the header ends here. Unlike
 * the bridge's own codec it encodes values as the specification asks, reads every line of
 * a repeated header, takes baggage from a caller that sends no trace, and writes no
 * second header named like the key. The delegate's getter and setter never see the
 * header. Thread-safe.
 */
public final class BaggageHeaderPropagation extends Propagation.Factory implements Propagation<String> {

	private final Propagation.Factory factory;

	private final Propagation<String> delegate;

	private final Extractor<RequestHeaders> traces;

	private final Map<String, BaggageField> fields;

	private final List<String> names;

	private final ExtractionCustomizers customizers;

	/**
	 * Creates a propagation.
	 * @param factory writes and reads the trace; must know the keys as baggage fields
	 * @param keys the keys that travel, in the order in which they are written
	 * @param customizers have a say once trace and baggage were read
	 */
	public BaggageHeaderPropagation(Propagation.Factory factory, Collection<String> keys,
			ExtractionCustomizers customizers) {
		this.factory = factory;
		this.delegate = factory.get();
		this.traces = this.delegate.extractor((request, name) -> isBaggage(name) ? null : request.first(name));
		this.fields = new LinkedHashMap<>();
		keys.forEach((key) -> this.fields.put(key, BaggageField.create(key)));
		LinkedHashSet<String> distinct = new LinkedHashSet<>(this.delegate.keys());
		distinct.add(BaggageHeader.NAME);
		this.names = List.copyOf(distinct);
		this.customizers = customizers;
	}

	@Override
	public Propagation<String> get() {
		return this;
	}

	@Override
	public boolean supportsJoin() {
		return this.factory.supportsJoin();
	}

	@Override
	public boolean requires128BitTraceId() {
		return this.factory.requires128BitTraceId();
	}

	@Override
	public TraceContext decorate(TraceContext context) {
		return this.factory.decorate(context);
	}

	@Override
	public List<String> keys() {
		return this.names;
	}

	@Override
	public <R> Injector<R> injector(Setter<R, String> setter) {
		Injector<R> trace = this.delegate.injector((request, name, value) -> {
			if (!isBaggage(name)) {
				setter.put(request, name, value);
			}
		});
		return (context, request) -> {
			trace.inject(context, request);
			String header = BaggageHeader.write(this.fields, (field) -> field.getValue(context));
			if (header != null) {
				setter.put(request, BaggageHeader.NAME, header);
			}
		};
	}

	@Override
	public <R> Extractor<R> extractor(Getter<R, String> getter) {
		return (request) -> {
			RequestHeaders headers = RequestHeaders.of(request, getter);
			TraceContextOrSamplingFlags extracted = this.traces.extract(headers);
			Map<String, String> values = BaggageHeader.read(headers.all(BaggageHeader.NAME), this.fields.keySet());
			if (!values.isEmpty()) {
				this.fields.forEach((key, field) -> update(extracted, field, values.get(key)));
			}
			return this.customizers.apply(extracted, headers);
		};
	}

	private static void update(TraceContextOrSamplingFlags extracted, BaggageField field, @Nullable String value) {
		if (value != null) {
			field.updateValue(extracted, value);
		}
	}

	private static boolean isBaggage(String name) {
		return BaggageHeader.NAME.equalsIgnoreCase(name);
	}

}
