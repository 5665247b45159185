// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The JDK's client, one for the services without settings of their own and one for each
 * that has. They end by being forgotten, with this object. Thread-safe.
 */
final class ServiceHttpClient extends HttpClient {

	private final ConnectionPlan plan;

	private final HttpClient others;

	private final Map<String, HttpClient> services;

	ServiceHttpClient(HttpClient own, ConnectionPlan plan) {
		this.plan = plan;
		this.others = derive(own, plan.defaults());
		this.services = plan.services()
			.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (entry) -> derive(own, entry.getValue())));
	}

	private static HttpClient derive(HttpClient own, ConnectionSettings settings) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.connectTimeout(own.connectTimeout()
				.filter((timeout) -> timeout.compareTo(settings.connectTimeout()) < 0)
				.orElse(settings.connectTimeout()))
			.version(version(own, settings))
			.followRedirects(own.followRedirects())
			.sslContext(own.sslContext())
			.sslParameters(own.sslParameters());
		own.executor().ifPresent(builder::executor);
		own.cookieHandler().ifPresent(builder::cookieHandler);
		own.proxy().ifPresent(builder::proxy);
		own.authenticator().ifPresent(builder::authenticator);
		return builder.build();
	}

	private static Version version(HttpClient own, ConnectionSettings settings) {
		if (settings.http2() == null) {
			return own.version();
		}
		return settings.http2() ? Version.HTTP_2 : Version.HTTP_1_1;
	}

	private HttpClient client(HttpRequest request) {
		URI uri = request.uri();
		String service = this.plan.serviceAt(ConnectionPlan.address(uri));
		return this.services.getOrDefault(service, this.others);
	}

	@Override
	public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
			throws IOException, InterruptedException {
		return client(request).send(request, handler);
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
		return client(request).sendAsync(request, handler);
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler,
			PushPromiseHandler<T> pushPromiseHandler) {
		return client(request).sendAsync(request, handler, pushPromiseHandler);
	}

	@Override
	public Optional<CookieHandler> cookieHandler() {
		return this.others.cookieHandler();
	}

	@Override
	public Optional<Duration> connectTimeout() {
		return this.others.connectTimeout();
	}

	@Override
	public Redirect followRedirects() {
		return this.others.followRedirects();
	}

	@Override
	public Optional<ProxySelector> proxy() {
		return this.others.proxy();
	}

	@Override
	public SSLContext sslContext() {
		return this.others.sslContext();
	}

	@Override
	public SSLParameters sslParameters() {
		return this.others.sslParameters();
	}

	@Override
	public Optional<Authenticator> authenticator() {
		return this.others.authenticator();
	}

	@Override
	public Version version() {
		return this.others.version();
	}

	@Override
	public Optional<Executor> executor() {
		return this.others.executor();
	}

	@Override
	public WebSocket.Builder newWebSocketBuilder() {
		return this.others.newWebSocketBuilder();
	}

}
