// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace that the current thread works for, as the logs know it: whatever traces also
 * writes the logging context, so no tracing library is needed here.
 */
public final class TraceId {

	private static final String KEY = "traceId";

	private TraceId() {
	}

	/**
	 * The id of the current trace.
	 * @return the id; {@code null} where nothing is traced
	 */
	public static @Nullable String current() {
		String id = MDC.get(KEY);
		return (id != null && !id.isEmpty()) ? id : null;
	}

}
