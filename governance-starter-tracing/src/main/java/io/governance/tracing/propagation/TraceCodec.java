// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.List;

import brave.propagation.Propagation.Setter;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one trace format. Stateless.
 */
interface TraceCodec {

	List<String> names();

	/**
	 * Reads a trace.
	 * @param request what the caller sent
	 * @return {@code null} where the caller did not use this format at all; empty where
	 * it did but what it sent is malformed
	 */
	@Nullable TraceContextOrSamplingFlags read(RequestHeaders request);

	<R> void write(TraceContext context, R request, Setter<R, String> setter);

}
