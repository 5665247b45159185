// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import brave.propagation.TraceContextOrSamplingFlags;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link ExtractionCustomizer} beans of an application. One that fails is passed
 * over, and said so the first time; no request fails because of it. Thread-safe.
 */
public final class ExtractionCustomizers {

	private static final Logger logger = LoggerFactory.getLogger(ExtractionCustomizers.class);

	private final Supplier<List<ExtractionCustomizer>> supplier;

	private final Set<Class<?>> failing = ConcurrentHashMap.newKeySet();

	/**
	 * Creates an instance.
	 * @param supplier gives the customizers in their order; asked for each request
	 */
	public ExtractionCustomizers(Supplier<List<ExtractionCustomizer>> supplier) {
		this.supplier = supplier;
	}

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
			result = apply(customizer, result, request);
		}
		return result;
	}

	private TraceContextOrSamplingFlags apply(ExtractionCustomizer customizer, TraceContextOrSamplingFlags extracted,
			RequestHeaders request) {
		try {
			return Objects.requireNonNull(customizer.customize(extracted, request), "customized trace");
		}
		catch (RuntimeException ex) {
			if (this.failing.add(customizer.getClass())) {
				logger.error(
						"extraction-customizer=failed type={}, traces go on without it; further failures are not said",
						customizer.getClass().getName(), ex);
			}
			return extracted;
		}
	}

}
