// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import brave.propagation.Propagation;
import brave.propagation.TraceContext.Extractor;
import brave.propagation.TraceContext.Injector;
import brave.propagation.TraceContextOrSamplingFlags;

/**
 * Reads and writes traces in the chosen formats. The first format in the order of
 * {@code consume} of which the caller sent any header decides, also when what it sent is
 * malformed: a trace is never put together from a broken header and another one. All
 * formats of {@code produce} are written. Thread-safe.
 */
public final class TraceHeaderPropagation extends Propagation.Factory implements Propagation<String> {

	/**
	 * Characters of {@code tracestate} that are passed on at least.
	 */
	public static final int MIN_TRACE_STATE_LENGTH = 512;

	private final List<TraceCodec> writers;

	private final List<TraceCodec> readers;

	private final List<String> names;

	private final boolean w3c;

	private final boolean writesW3c;

	private final ExtractionCustomizers customizers;

	/**
	 * Creates a propagation.
	 * @param produce formats that are written
	 * @param consume formats that are read, the preferred one first
	 * @param maxTraceStateLength characters of {@code tracestate} that are passed on
	 * @param customizers have a say in what was read
	 */
	public TraceHeaderPropagation(List<TraceFormat> produce, List<TraceFormat> consume, int maxTraceStateLength,
			ExtractionCustomizers customizers) {
		this.writers = produce.stream().distinct().map((format) -> format.codec(maxTraceStateLength)).toList();
		this.readers = consume.stream().distinct().map((format) -> format.codec(maxTraceStateLength)).toList();
		Set<String> distinct = new LinkedHashSet<>();
		Stream.concat(this.writers.stream(), this.readers.stream()).forEach((codec) -> distinct.addAll(codec.names()));
		this.names = List.copyOf(distinct);
		this.writesW3c = produce.contains(TraceFormat.W3C);
		this.w3c = this.writesW3c || consume.contains(TraceFormat.W3C);
		this.customizers = customizers;
	}

	@Override
	public Propagation<String> get() {
		return this;
	}

	@Override
	public boolean supportsJoin() {
		return !this.w3c;
	}

	@Override
	public boolean requires128BitTraceId() {
		return this.writesW3c;
	}

	@Override
	public List<String> keys() {
		return this.names;
	}

	@Override
	public <R> Injector<R> injector(Setter<R, String> setter) {
		return (context, request) -> this.writers.forEach((codec) -> codec.write(context, request, setter));
	}

	@Override
	public <R> Extractor<R> extractor(Getter<R, String> getter) {
		return (request) -> {
			RequestHeaders headers = RequestHeaders.of(request, getter);
			return this.customizers.apply(read(headers), headers);
		};
	}

	private TraceContextOrSamplingFlags read(RequestHeaders request) {
		for (TraceCodec codec : this.readers) {
			TraceContextOrSamplingFlags extracted = codec.read(request);
			if (extracted != null) {
				return extracted;
			}
		}
		return TraceContextOrSamplingFlags.EMPTY;
	}

}
