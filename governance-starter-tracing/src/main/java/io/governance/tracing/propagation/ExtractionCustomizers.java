// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.List;
import java.util.function.Supplier;

import brave.propagation.TraceContextOrSamplingFlags;

/**
 * The {@link ExtractionCustomizer} beans of an application. Thread-safe.
 *
 * @param supplier gives the customizers in their order; asked for each request
 */
public record ExtractionCustomizers(Supplier<List<ExtractionCustomizer>> supplier) {

	/**
	 * Returns no customizers.
	 * @return an instance that changes nothing
	 */
	public static ExtractionCustomizers none() {
		return new ExtractionCustomizers(List::of);
	}

	/**
	 * Asks each customizer in turn.
	 * @param extracted what the headers say
	 * @param request the request's headers
	 * @return the trace to join
	 */
	public TraceContextOrSamplingFlags apply(TraceContextOrSamplingFlags extracted, RequestHeaders request) {
		TraceContextOrSamplingFlags result = extracted;
		for (ExtractionCustomizer customizer : this.supplier.get()) {
			result = customizer.customize(result, request);
		}
		return result;
	}

}
