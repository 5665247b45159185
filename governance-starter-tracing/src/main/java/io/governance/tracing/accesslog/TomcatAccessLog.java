// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * The access log of Tomcat, which tells it about each request once: after the last
 * dispatch, asynchronous ones and those to error pages included, and about requests that
 * no application saw. Thread-safe.
 */
public final class TomcatAccessLog extends ValveBase implements org.apache.catalina.AccessLog {

	private final AccessLog log;

	/**
	 * Creates the valve.
	 * @param log where records go
	 */
	public TomcatAccessLog(AccessLog log) {
		super(true);
		this.log = log;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
	}

	@Override
	public void log(Request request, Response response, long nanos) {
		AccessRecord.Ending ending = ending(request, response);
		if (!this.log.isWanted(response.getStatus(), ending) || this.log.isExcluded(request.getRequestURI())) {
			return;
		}
		AccessRecord.RequestLine line = new AccessRecord.RequestLine(request.getMethod(), request.getRequestURI(),
				request.getQueryString(), request.getProtocol());
		Rejection rejection = (request.getAttribute(RequestAttributes.REJECTION) instanceof Rejection rejected)
				? rejected : null;
		AccessRecord.Answer answer = new AccessRecord.Answer(response.getStatus(), ending,
				request.getCoyoteRequest().getBytesRead(), bytesSent(response), rejection);
		this.log.add(new AccessRecord(this.log.took(nanos), line, answer, peers(request), origin(request), null));
	}

	/**
	 * Bytes on the wire include the framing of chunks, which only a compressed body or a
	 * file that the connector sends by itself is worth.
	 */
	private static long bytesSent(Response response) {
		long content = response.getContentWritten();
		return (content > 0 && response.getHeader("Content-Encoding") == null) ? content
				: response.getBytesWritten(false);
	}

	private AccessRecord.Peers peers(Request request) {
		return new AccessRecord.Peers(new AccessRecord.Address(request.getLocalAddr(), request.getLocalPort()),
				new AccessRecord.Address(request.getRemoteAddr(), request.getRemotePort()),
				this.log.headers(request::getHeader));
	}

	private static AccessRecord.Origin origin(Request request) {
		return Traces.origin(ServerHttpObservationFilter.findObservationContext(request).orElse(null),
				request.getAttribute(RequestAttributes.CONTEXT));
	}

	private static AccessRecord.Ending ending(Request request, Response response) {
		AtomicBoolean open = new AtomicBoolean();
		request.getCoyoteRequest().action(ActionCode.IS_IO_ALLOWED, open);
		Throwable error = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
		if (!open.get() || (error != null && DisconnectedClientHelper.isClientDisconnectedException(error))) {
			return AccessRecord.Ending.CLIENT_GONE;
		}
		return AccessRecord.Ending.COMPLETE;
	}

	@Override
	public void setRequestAttributesEnabled(boolean requestAttributesEnabled) {
		// the addresses that are logged are those that the container names
	}

	@Override
	public boolean getRequestAttributesEnabled() {
		return false;
	}

}
