// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.security.Principal;
import java.util.Locale;

import io.governance.context.CallContext;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.resilience.inbound.InboundSettings;
import io.governance.resilience.inbound.QueryString;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A Servlet request as the engine sees it. Never touches the body.
 */
final class ServletCall implements Call {

	private final HttpServletRequest request;

	private final CallContext context;

	private final InboundSettings settings;

	ServletCall(HttpServletRequest request, CallContext context, InboundSettings settings) {
		this.request = request;
		this.context = context;
		this.settings = settings;
	}

	@Override
	public Direction direction() {
		return Direction.INBOUND;
	}

	@Override
	public String service() {
		return this.settings.service();
	}

	@Override
	public String method() {
		return this.request.getMethod().toUpperCase(Locale.ROOT);
	}

	@Override
	public String path() {
		String path = this.request.getRequestURI();
		return path.startsWith("/") ? path : "/";
	}

	@Override
	public @Nullable String host() {
		String host = this.request.getServerName();
		return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.getHeader(name);
	}

	@Override
	public @Nullable String query(String name) {
		return new QueryString(this.request.getQueryString()).first(name);
	}

	@Override
	public @Nullable String cookie(String name) {
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
	public @Nullable String caller() {
		return this.context.caller();
	}

	@Override
	public @Nullable String principal() {
		Principal principal = this.request.getUserPrincipal();
		return (principal != null) ? principal.getName() : null;
	}

	@Override
	public @Nullable String clientIp() {
		return this.request.getRemoteAddr();
	}

	@Override
	public @Nullable String label(String name) {
		return this.settings.labels().label(name);
	}

}
