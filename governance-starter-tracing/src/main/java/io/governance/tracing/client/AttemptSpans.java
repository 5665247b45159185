// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import java.net.URI;
import java.util.Locale;
import java.util.function.BiConsumer;

import io.governance.context.Attempts;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of single attempts: children of the call's span, and siblings of each
 * other. Each goes on the wire in place of the call's, so that what a callee does hangs
 * below the attempt that reached it. A trace that is not recorded gets none. Thread-safe.
 */
public final class AttemptSpans {

	/** The span attribute with the number of the attempt, from 1. */
	public static final String ATTEMPT = "governance.attempt";

	private final Tracer tracer;

	private final Propagator propagator;

	/**
	 * Creates the maker of spans.
	 * @param tracer makes spans
	 * @param propagator writes them into headers
	 */
	public AttemptSpans(Tracer tracer, Propagator propagator) {
		this.tracer = tracer;
		this.propagator = propagator;
	}

	/**
	 * The span of the call that the current thread makes.
	 * @return the span; {@code null} where there is none
	 */
	@Nullable Span current() {
		return this.tracer.currentSpan();
	}

	/**
	 * Starts the span of an attempt.
	 * @param call the call's span
	 * @param attempts says which attempt it is
	 * @param method the HTTP method
	 * @param uri where it goes: the instance
	 * @return the span; {@code null} where there is nothing to record
	 */
	@Nullable Span start(@Nullable Span call, Attempts attempts, String method, URI uri) {
		if (call == null || Boolean.FALSE.equals(call.context().sampled())) {
			return null;
		}
		Span.Builder span = this.tracer.spanBuilder()
			.setParent(call.context())
			.kind(Span.Kind.CLIENT)
			.name("http " + method.toLowerCase(Locale.ROOT) + " attempt")
			.tag(ATTEMPT, attempts.number())
			.tag("method", method);
		if (!attempts.service().isEmpty()) {
			span.remoteServiceName(attempts.service());
		}
		if (uri.getHost() != null) {
			int port = port(uri);
			span.remoteIpAndPort(uri.getHost(), port).tag("server.address", uri.getHost()).tag("server.port", port);
		}
		return span.start();
	}

	/**
	 * Puts a span on the wire.
	 * @param span the span
	 * @param header sets a header of the request; not its type, for this class is loaded
	 * where there is no Spring Web too
	 */
	void inject(Span span, BiConsumer<String, String> header) {
		this.propagator.inject(span.context(), header, (carrier, name, value) -> header.accept(name, value));
	}

	/**
	 * Ends a span with the head of a response.
	 * @param span the span
	 * @param status the HTTP status; from 500 on the attempt has failed
	 */
	void end(Span span, int status) {
		span.tag("status", status);
		if (status >= 500) {
			span.tag("error", Integer.toString(status));
		}
		span.end();
	}

	/**
	 * Ends the span of an attempt without a response.
	 * @param span the span
	 * @param error why there is none
	 */
	void fail(Span span, Throwable error) {
		span.error(error);
		span.end();
	}

	private static int port(URI uri) {
		return (uri.getPort() >= 0) ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
	}

}
