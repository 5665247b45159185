// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.List;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

/**
 * Shows every line of a repeated header to Brave's propagation: hands the request on as
 * {@link RequestHeaders}. For a propagation that does not know that type nothing changes.
 * Thread-safe.
 */
public final class MultiValuePropagator implements Propagator {

	private final Propagator delegate;

	/**
	 * Creates a propagator.
	 * @param delegate the bridge to Brave
	 */
	public MultiValuePropagator(Propagator delegate) {
		this.delegate = delegate;
	}

	@Override
	public List<String> fields() {
		return this.delegate.fields();
	}

	@Override
	public <C> void inject(TraceContext context, @Nullable C carrier, Setter<C> setter) {
		this.delegate.inject(context, carrier, setter);
	}

	@Override
	public <C> Span.Builder extract(@Nullable C carrier, Getter<C> getter) {
		if (carrier == null) {
			return this.delegate.extract(null, getter);
		}
		return this.delegate.extract(RequestHeaders.of(carrier, getter), RequestHeaders::first);
	}

}
