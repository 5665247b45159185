// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.governance.context.CallContext;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * An outbound call, as its rules see it.
 */
final class ClientCall implements Call {

	private final ClientSettings settings;

	private final CallContext context;

	private final String method;

	private final URI uri;

	private final HttpHeaders headers;

	private final String service;

	ClientCall(ClientSettings settings, CallContext context, String method, URI uri, HttpHeaders headers) {
		this.settings = settings;
		this.context = context;
		this.method = method;
		this.uri = uri;
		this.headers = headers;
		String host = GovernedHosts.host(uri);
		this.service = (host != null) ? host : "";
	}

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String service() {
		return this.service;
	}

	@Override
	public String method() {
		return this.method;
	}

	@Override
	public String path() {
		String path = this.uri.getRawPath();
		return (path != null && !path.isEmpty()) ? path : "/";
	}

	@Override
	public String host() {
		return this.service.toLowerCase(Locale.ROOT);
	}

	@Override
	public @Nullable String header(String name) {
		return this.headers.getFirst(name);
	}

	@Override
	public @Nullable String query(String name) {
		String query = this.uri.getRawQuery();
		if (query == null) {
			return null;
		}
		for (String parameter : query.split("&", -1)) {
			int equals = parameter.indexOf('=');
			String key = (equals < 0) ? parameter : parameter.substring(0, equals);
			if (decode(key).equals(name)) {
				return (equals < 0) ? "" : decode(parameter.substring(equals + 1));
			}
		}
		return null;
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

	@Override
	public String caller() {
		return this.settings.execution().caller();
	}

	@Override
	public @Nullable String label(String name) {
		String label = this.context.labels().get(name);
		return (label != null) ? label : this.settings.labels().label(name);
	}

}
