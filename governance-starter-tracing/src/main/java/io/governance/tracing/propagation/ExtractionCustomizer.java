// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import brave.propagation.TraceContextOrSamplingFlags;

/**
 * Has a say in the trace that a request joins, such as whether it is sampled. Beans of
 * this type are called in their order for each request that is received, after trace and
 * baggage were read and before the server's span begins. They are looked up at the first
 * request, so they may depend on anything. Implementations must be thread-safe and must
 * not block. One that throws is passed over.
 */
@FunctionalInterface
public interface ExtractionCustomizer {

	/**
	 * Returns the trace to join.
	 * @param extracted what the headers say; empty (and perhaps with baggage) where a new
	 * trace begins
	 * @param request the request's headers, and the request itself
	 * @return the same, or a changed copy
	 */
	TraceContextOrSamplingFlags customize(TraceContextOrSamplingFlags extracted, RequestHeaders request);

}
