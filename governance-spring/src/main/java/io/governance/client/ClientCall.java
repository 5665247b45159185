// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.governance.context.CallContext;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Call.Priority;
import io.governance.request.QueryString;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

/**
 * An outbound call of an HTTP client, as its rules see it. The service is the host of the
 * address. Headers are read when a rule asks, so that what is added later counts. Cookies
 * are those of the request; those that a client keeps in a store of its own and adds on
 * the wire are not among them.
 */
public final class ClientCall implements Call {

	private static final MultiValueMap<String, String> NO_COOKIES = MultiValueMap.fromMultiValue(Map.of());

	private final CallOrigin origin;

	private final CallContext context;

	private final String method;

	private final URI uri;

	private final HttpHeaders headers;

	private final MultiValueMap<String, String> cookies;

	private final String service;

	private boolean withBody;

	/**
	 * Creates a view.
	 * @param origin whom it comes from
	 * @param context what it is made on behalf of
	 * @param method the HTTP method, in upper case
	 * @param uri the address, with a service's name or a host
	 * @param headers the headers of the request
	 */
	public ClientCall(CallOrigin origin, CallContext context, String method, URI uri, HttpHeaders headers) {
		this(origin, context, method, uri, headers, NO_COOKIES);
	}

	/**
	 * Creates a view of a request whose cookies are not among its headers.
	 * @param origin whom it comes from
	 * @param context what it is made on behalf of
	 * @param method the HTTP method, in upper case
	 * @param uri the address, with a service's name or a host
	 * @param headers the headers of the request
	 * @param cookies its cookies, beside those of the headers
	 */
	public ClientCall(CallOrigin origin, CallContext context, String method, URI uri, HttpHeaders headers,
			MultiValueMap<String, String> cookies) {
		this.origin = origin;
		this.context = context;
		this.method = method;
		this.uri = uri;
		this.headers = headers;
		this.cookies = cookies;
		String host = host(uri);
		this.service = (host != null) ? host : "";
	}

	/**
	 * Says that the request has a body. Before any rule is asked.
	 * @return this call
	 */
	public ClientCall withBody() {
		this.withBody = true;
		return this;
	}

	/**
	 * The host of an address. A name that is no host name to {@link URI}, such as one
	 * with an underscore, is taken from the authority.
	 * @param uri the address
	 * @return the host, as it is written; {@code null} where it names none
	 */
	public static @Nullable String host(URI uri) {
		if (uri.getHost() != null) {
			return uri.getHost();
		}
		String authority = uri.getRawAuthority();
		if (authority == null) {
			return null;
		}
		String address = authority.substring(authority.lastIndexOf('@') + 1);
		int colon = address.lastIndexOf(':');
		return (colon > 0) ? address.substring(0, colon) : address;
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
	public List<String> headers(String name) {
		List<String> values = this.headers.getOrEmpty(name);
		if (this.cookies.isEmpty() || !HttpHeaders.COOKIE.equalsIgnoreCase(name)) {
			return values;
		}
		List<String> all = new ArrayList<>(values);
		this.cookies.forEach((cookie, own) -> own.forEach((value) -> all.add(cookie + "=" + value)));
		return all;
	}

	/**
	 * The address alone does not tell requests with a body apart.
	 */
	@Override
	public @Nullable String uri() {
		return this.withBody ? null : this.uri.toString();
	}

	@Override
	public @Nullable String query(String name) {
		return new QueryString(this.uri.getRawQuery()).first(name);
	}

	@Override
	public @Nullable String cookie(String name) {
		String value = CookieHeader.first(this.headers.getOrEmpty(HttpHeaders.COOKIE), name);
		return (value != null) ? value : this.cookies.getFirst(name);
	}

	@Override
	public String caller() {
		return this.origin.caller();
	}

	@Override
	public Priority priority() {
		return this.context.priority();
	}

	@Override
	public @Nullable String label(String name) {
		String label = this.context.labels().get(name);
		return (label != null) ? label : this.origin.labels().label(name);
	}

}
