// SPDX-License-Identifier: Apache-2.0

package io.governance.request;

import java.security.Principal;
import java.util.Locale;

import io.governance.policy.Call;
import io.governance.policy.Direction;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A Servlet request as the engine sees it. Never touches the body. Who calls, and with
 * what labels, is for subclasses to say.
 */
public class ServletRequestCall implements Call {

	private final HttpServletRequest request;

	private final String service;

	/**
	 * Creates a view.
	 * @param request the request
	 * @param service this process's own service
	 */
	public ServletRequestCall(HttpServletRequest request, String service) {
		this.request = request;
		this.service = service;
	}

	@Override
	public final Direction direction() {
		return Direction.INBOUND;
	}

	@Override
	public final String service() {
		return this.service;
	}

	@Override
	public final String method() {
		return this.request.getMethod().toUpperCase(Locale.ROOT);
	}

	@Override
	public final String path() {
		String path = this.request.getRequestURI();
		return path.startsWith("/") ? path : "/";
	}

	@Override
	public final @Nullable String host() {
		String host = this.request.getServerName();
		return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
	}

	@Override
	public final @Nullable String header(String name) {
		return this.request.getHeader(name);
	}

	@Override
	public final @Nullable String query(String name) {
		return new QueryString(this.request.getQueryString()).first(name);
	}

	@Override
	public final @Nullable String cookie(String name) {
		Cookie[] cookies = this.request.getCookies();
		if (cookies != null) {
			for (Cookie cookie : cookies) {
				if (cookie.getName().equals(name)) {
					return cookie.getValue();
				}
			}
		}
		return null;
	}

	@Override
	public final @Nullable String principal() {
		Principal principal = this.request.getUserPrincipal();
		return (principal != null) ? principal.getName() : null;
	}

	@Override
	public final @Nullable String clientIp() {
		return this.request.getRemoteAddr();
	}

}
