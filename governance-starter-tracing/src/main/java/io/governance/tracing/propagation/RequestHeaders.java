// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import brave.propagation.Propagation;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request that came in, with every line of a repeated one. Brave's own
 * {@code Getter} shows only the first. Valid while the request is being received; not to
 * be kept.
 */
public final class RequestHeaders {

	private final Object carrier;

	private final Propagator.Getter<Object> getter;

	private RequestHeaders(Object carrier, Propagator.Getter<Object> getter) {
		this.carrier = carrier;
		this.getter = getter;
	}

	/**
	 * Headers as Micrometer reads them.
	 * @param <C> type of the carrier
	 * @param carrier the request
	 * @param getter reads a header of the carrier
	 * @return the headers
	 */
	@SuppressWarnings("unchecked")
	static <C> RequestHeaders of(C carrier, Propagator.Getter<C> getter) {
		return new RequestHeaders(carrier, (Propagator.Getter<Object>) getter);
	}

	/**
	 * Headers as Brave reads them. Where the request is of this type already, as for
	 * every request that Micrometer observes, all lines are there; for instrumentation
	 * written for Brave only the first is.
	 * @param <R> type of the request
	 * @param request the request
	 * @param getter reads a header of the request
	 * @return the headers
	 */
	public static <R> RequestHeaders of(R request, Propagation.Getter<R, String> getter) {
		return (request instanceof RequestHeaders headers) ? headers : of(request, (Propagator.Getter<R>) getter::get);
	}

	/**
	 * Returns the first line of a header.
	 * @param name name of the header, in any case for HTTP
	 * @return its value, or {@code null} where the request has no such header
	 */
	public @Nullable String first(String name) {
		return this.getter.get(this.carrier, name);
	}

	/**
	 * Returns all lines of a header.
	 * @param name name of the header, in any case for HTTP
	 * @return its values in their order; empty where the request has no such header
	 */
	public List<String> all(String name) {
		Iterator<String> lines = this.getter.getAll(this.carrier, name).iterator();
		if (!lines.hasNext()) {
			return List.of();
		}
		List<String> values = new ArrayList<>(1);
		lines.forEachRemaining(values::add);
		return values;
	}

	/**
	 * Returns the request itself, such as a Servlet or a reactive server request.
	 * @return the request
	 */
	public Object carrier() {
		return this.carrier;
	}

}
