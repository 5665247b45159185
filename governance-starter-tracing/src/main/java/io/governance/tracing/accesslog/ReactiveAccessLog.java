// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.net.InetSocketAddress;
import java.util.Map;

import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * The access log of reactive servers and the gateway. Stands around the whole handler,
 * since error pages are written outside of the filters. Thread-safe.
 */
public final class ReactiveAccessLog implements HttpHandlerDecoratorFactory, Ordered {

	private static final int OK = 200;

	private static final int SWITCHING_PROTOCOLS = 101;

	private static final int CLIENT_CLOSED_REQUEST = 499;

	private final AccessLog log;

	private final UpstreamSource upstreams;

	/**
	 * Creates it.
	 * @param log where records go
	 * @param upstreams tells where a proxy sent a request
	 */
	public ReactiveAccessLog(AccessLog log, UpstreamSource upstreams) {
		this.log = log;
		this.upstreams = upstreams;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public HttpHandler apply(HttpHandler handler) {
		return (request, response) -> {
			if (this.log.isExcluded(request.getPath())) {
				return handler.handle(request, response);
			}
			ExchangeTrail trail = new ExchangeTrail(this.log.time().nanoTime(), isWebSocket(request));
			return handler.handle(request, CountedResponse.of(response, trail))
				// before the server hears of it, which then may take the request away
				.doOnSuccess((nothing) -> complete(request, response, trail))
				.doOnError((error) -> end(request, response, trail, AccessRecord.Ending.BROKEN))
				.doOnCancel(() -> end(request, response, trail, AccessRecord.Ending.CLIENT_GONE))
				.contextWrite((context) -> context.put(ExchangeTrail.class, trail));
		};
	}

	private void complete(ServerHttpRequest request, ServerHttpResponse response, ExchangeTrail trail) {
		Runnable end = () -> end(request, response, trail, AccessRecord.Ending.COMPLETE);
		// for the server an upgrade is complete with its handshake
		if (!trail.isWebSocket() || !ReactiveProtocol.whenWebSocketCloses(request, end)) {
			end.run();
		}
	}

	private void end(ServerHttpRequest request, ServerHttpResponse response, ExchangeTrail trail,
			AccessRecord.Ending seen) {
		if (!trail.end()) {
			return;
		}
		try {
			log(request, response, trail, trail.isClientGone() ? AccessRecord.Ending.CLIENT_GONE : seen);
		}
		catch (RuntimeException ex) {
			// a server that takes a request away early must not make its response fail
			this.log.lost();
		}
	}

	private void log(ServerHttpRequest request, ServerHttpResponse response, ExchangeTrail trail,
			AccessRecord.Ending ending) {
		int status = status(response, trail, ending);
		if (this.log.isWanted(status, ending)) {
			Map<String, Object> attributes = trail.attributes();
			Rejection rejection = (attributes.get(RequestAttributes.REJECTION) instanceof Rejection rejected) ? rejected
					: null;
			this.log.add(new AccessRecord(this.log.took(this.log.time().nanoTime() - trail.start()), line(request),
					new AccessRecord.Answer(status, ending, trail.received(), trail.sent(), rejection), peers(request),
					origin(attributes), this.upstreams.of(attributes)));
		}
	}

	private static boolean isWebSocket(ServerHttpRequest request) {
		return "websocket".equalsIgnoreCase(request.getHeaders().getFirst(HttpHeaders.UPGRADE));
	}

	/**
	 * An upgrade passes the response by, and a client that goes away early sees none.
	 */
	private static int status(ServerHttpResponse response, ExchangeTrail trail, AccessRecord.Ending ending) {
		HttpStatusCode status = response.getStatusCode();
		int code = (status != null) ? status.value() : OK;
		if (trail.isWebSocket() && code == OK) {
			return SWITCHING_PROTOCOLS;
		}
		boolean unanswered = !response.isCommitted() && ending == AccessRecord.Ending.CLIENT_GONE;
		return unanswered ? CLIENT_CLOSED_REQUEST : code;
	}

	private static AccessRecord.RequestLine line(ServerHttpRequest request) {
		return new AccessRecord.RequestLine(request.getMethod().name(), request.getURI().getRawPath(),
				request.getURI().getRawQuery(), ReactiveProtocol.of(request));
	}

	private AccessRecord.Peers peers(ServerHttpRequest request) {
		return new AccessRecord.Peers(address(request.getLocalAddress()), address(request.getRemoteAddress()),
				this.log.headers(request.getHeaders()::getFirst));
	}

	private static AccessRecord.Address address(@Nullable InetSocketAddress address) {
		if (address == null) {
			return new AccessRecord.Address(null, 0);
		}
		String host = (address.getAddress() != null) ? address.getAddress().getHostAddress() : address.getHostString();
		return new AccessRecord.Address(host, address.getPort());
	}

	private static AccessRecord.Origin origin(Map<String, Object> attributes) {
		return Traces.origin(ServerRequestObservationContext.findCurrent(attributes).orElse(null),
				attributes.get(RequestAttributes.CONTEXT));
	}

}
