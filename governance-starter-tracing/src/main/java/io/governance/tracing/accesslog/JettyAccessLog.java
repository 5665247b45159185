// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.io.IOException;

import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import io.micrometer.observation.Observation;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * The access log of Jetty, which tells it about each request once, when its response is
 * complete. Whether that was in order is known only when the stream ends, right after, so
 * the record waits for it. Thread-safe.
 */
public final class JettyAccessLog implements RequestLog, HttpConfiguration.Customizer {

	private static final String OBSERVATION = ServerHttpObservationFilter.class.getName() + ".context";

	private static final String WAITING = JettyAccessLog.class.getName();

	private final AccessLog log;

	/**
	 * Creates it.
	 * @param log where records go
	 */
	public JettyAccessLog(AccessLog log) {
		this.log = log;
	}

	/**
	 * Adds it to a server, next to a request log that is there.
	 * @param server the server, with its connectors, not yet started
	 */
	public void addTo(Server server) {
		RequestLog present = server.getRequestLog();
		server.setRequestLog((present != null) ? new RequestLog.Collection(present, this) : this);
		for (Connector connector : server.getConnectors()) {
			connector.getConnectionFactories()
				.stream()
				.filter(HttpConfiguration.ConnectionFactory.class::isInstance)
				.map((factory) -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
				.filter((configuration) -> !configuration.getCustomizers().contains(this))
				.forEach((configuration) -> configuration.addCustomizer(this));
		}
	}

	@Override
	public Request customize(Request request, HttpFields.Mutable responseHeaders) {
		Waiting waiting = new Waiting();
		request.setAttribute(WAITING, waiting);
		Request.addCompletionListener(request, (failure) -> {
			if (waiting.access != null) {
				add(waiting.access.ended(ending(failure)));
			}
		});
		return request;
	}

	private static AccessRecord.Ending ending(@Nullable Throwable failure) {
		if (failure == null) {
			return AccessRecord.Ending.COMPLETE;
		}
		return (failure instanceof IOException) ? AccessRecord.Ending.CLIENT_GONE : AccessRecord.Ending.BROKEN;
	}

	@Override
	public void log(Request request, Response response) {
		if (!this.log.mayBeWanted(response.getStatus()) || this.log.isExcluded(request.getHttpURI().getPath())) {
			return;
		}
		AccessRecord access = record(request, response);
		if (request.getAttribute(WAITING) instanceof Waiting waiting) {
			waiting.access = access;
		}
		else {
			add(access);
		}
	}

	private void add(AccessRecord access) {
		if (this.log.isWanted(access.answer().status(), access.answer().ending())) {
			this.log.add(access);
		}
	}

	private AccessRecord record(Request request, Response response) {
		HttpURI uri = request.getHttpURI();
		AccessRecord.RequestLine line = new AccessRecord.RequestLine(request.getMethod(), uri.getPath(), uri.getQuery(),
				request.getConnectionMetaData().getProtocol());
		Rejection rejection = (request.getAttribute(RequestAttributes.REJECTION) instanceof Rejection rejected)
				? rejected : null;
		AccessRecord.Answer answer = new AccessRecord.Answer(response.getStatus(), AccessRecord.Ending.COMPLETE,
				Request.getContentBytesRead(request), Response.getContentBytesWritten(response), rejection);
		long nanos = this.log.time().nanoTime() - request.getBeginNanoTime();
		return new AccessRecord(this.log.took(nanos), line, answer, peers(request), origin(request), null);
	}

	private AccessRecord.Peers peers(Request request) {
		return new AccessRecord.Peers(
				new AccessRecord.Address(Request.getLocalAddr(request), Request.getLocalPort(request)),
				new AccessRecord.Address(Request.getRemoteAddr(request), Request.getRemotePort(request)),
				this.log.headers((name) -> request.getHeaders().get(name)));
	}

	private static AccessRecord.Origin origin(Request request) {
		Observation.Context observed = (request.getAttribute(OBSERVATION) instanceof Observation.Context context)
				? context : null;
		return Traces.origin(observed, request.getAttribute(RequestAttributes.CONTEXT));
	}

	/**
	 * The record of a request whose stream has not ended.
	 */
	private static final class Waiting {

		private volatile @Nullable AccessRecord access;

	}

}
