// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.sampling;

import brave.propagation.SamplingFlags;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import brave.propagation.TraceIdContext;
import io.governance.context.TrustedCallers;
import io.governance.engine.ObservedTrace;
import io.governance.observation.TraceHead;
import io.governance.observation.TraceVerdict;
import io.governance.tracing.propagation.ExtractionCustomizer;
import io.governance.tracing.propagation.RequestHeaders;

import org.springframework.core.Ordered;

/**
 * Decides for each HTTP request, before its span begins, whether its trace is recorded.
 * Comes first, so that customizers of an application have the last word. Thread-safe.
 */
public final class SamplingCustomizer implements ExtractionCustomizer, Ordered {

	private final RuleSampler sampler;

	private final String service;

	private final TrustedCallers trusted;

	/**
	 * Creates a customizer.
	 * @param sampler asks the rules
	 * @param service this process's own service
	 * @param trusted whose decisions and wishes count
	 */
	public SamplingCustomizer(RuleSampler sampler, String service, TrustedCallers trusted) {
		this.sampler = sampler;
		this.service = service;
		this.trusted = trusted;
	}

	@Override
	public TraceContextOrSamplingFlags customize(TraceContextOrSamplingFlags extracted, RequestHeaders request) {
		TraceCall call = TraceCall.of(request.carrier(), new TraceCall.Received(this.service, this.trusted, extracted));
		return (call != null) ? decide(extracted, call) : extracted;
	}

	private TraceContextOrSamplingFlags decide(TraceContextOrSamplingFlags extracted, TraceCall call) {
		TraceHead head = new TraceHead(extracted.sampled(), isDebug(extracted), call::isTrusted, this.sampler.ratio());
		ObservedTrace trace = this.sampler.observe(call, head);
		call.keep(trace);
		TraceVerdict verdict = trace.verdict();
		if (verdict == null) {
			// decided here, for Brave's sampler would ask the rules once more
			return (extracted.sampled() != null) ? extracted : extracted.sampled(this.sampler.plain());
		}
		if (verdict == TraceVerdict.PARENT) {
			return extracted;
		}
		TraceContextOrSamplingFlags heard = (head.debug() && verdict != TraceVerdict.DEBUG) ? withoutDebug(extracted)
				: extracted;
		return heard.sampled(RuleSampler.isSampled(verdict));
	}

	private static boolean isDebug(TraceContextOrSamplingFlags extracted) {
		return flags(extracted).debug();
	}

	private static SamplingFlags flags(TraceContextOrSamplingFlags extracted) {
		if (extracted.context() != null) {
			return extracted.context();
		}
		TraceIdContext id = extracted.traceIdContext();
		SamplingFlags flags = (id != null) ? id : extracted.samplingFlags();
		return (flags != null) ? flags : SamplingFlags.EMPTY;
	}

	/**
	 * A debug flag would be passed on, whatever is decided here.
	 */
	private static TraceContextOrSamplingFlags withoutDebug(TraceContextOrSamplingFlags extracted) {
		TraceContext context = extracted.context();
		if (context != null) {
			return TraceContextOrSamplingFlags.create(context.toBuilder().debug(false).build());
		}
		TraceIdContext id = extracted.traceIdContext();
		TraceContextOrSamplingFlags.Builder plain = (id != null)
				? TraceContextOrSamplingFlags.newBuilder(id.toBuilder().debug(false).build())
				: TraceContextOrSamplingFlags.newBuilder(SamplingFlags.EMPTY);
		extracted.extra().forEach(plain::addExtra);
		return plain.build();
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
