// SPDX-License-Identifier: Apache-2.0

package io.governance.peer;

import io.governance.context.TrustedCallers;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The peer of a Servlet request: what {@link TomcatPeerValve} or
 * {@link JettyPeerCustomizer} noted. Where neither runs (a container that the application
 * is deployed to), the address that the container names, unless there is any sign that it
 * was made of headers. Stateless.
 */
public final class ServletPeer {

	/** The request attribute that has the peer's address as text. */
	static final String ATTRIBUTE = ServletPeer.class.getName();

	/** Set by Tomcat's {@code RemoteIpValve}, which removes the headers. */
	private static final String RESOLVED = "org.apache.tomcat.request.forwarded";

	private ServletPeer() {
	}

	/**
	 * Whether a request came over a connection that a trusted peer opened.
	 * @param request the request, wrapped or not
	 * @param trusted who is trusted
	 * @return whether it did; never when the peer is unknown
	 */
	public static boolean isTrusted(HttpServletRequest request, TrustedCallers trusted) {
		if (request.getAttribute(PeerVerdict.ATTRIBUTE) instanceof PeerVerdict known && known.callers() == trusted) {
			return known.trusted();
		}
		boolean verdict = workOut(request, trusted);
		request.setAttribute(PeerVerdict.ATTRIBUTE, new PeerVerdict(trusted, verdict));
		return verdict;
	}

	private static boolean workOut(HttpServletRequest request, TrustedCallers trusted) {
		if (request.getAttribute(ATTRIBUTE) instanceof String peer) {
			return trusted.trusts(peer);
		}
		ServletRequest inner = request;
		while (inner instanceof ServletRequestWrapper wrapper) {
			inner = wrapper.getRequest();
		}
		return !isForwarded(inner) && trusted.trusts(inner.getRemoteAddr());
	}

	private static boolean isForwarded(ServletRequest request) {
		return request.getAttribute(RESOLVED) != null || (request instanceof HttpServletRequest http
				&& ForwardingHeaders.isAnyIn((name) -> http.getHeader(name) != null));
	}

}
