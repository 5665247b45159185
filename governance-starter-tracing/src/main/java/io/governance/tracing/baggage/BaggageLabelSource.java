// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.baggage;

import io.governance.context.LabelSource;
import io.micrometer.tracing.Baggage;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the baggage of the current span as labels. A key that is not configured has no
 * value, and neither has any key where no span is current. Thread-safe.
 */
public final class BaggageLabelSource implements LabelSource {

	private final Tracer tracer;

	/**
	 * Creates a source.
	 * @param tracer knows the current span and its baggage
	 */
	public BaggageLabelSource(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public @Nullable String label(String key) {
		Baggage baggage = this.tracer.getBaggage(key);
		return (baggage != null) ? baggage.get() : null;
	}

}
