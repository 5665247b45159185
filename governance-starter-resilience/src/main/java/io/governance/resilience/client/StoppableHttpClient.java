// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

/**
 * The JDK's client for one request, which can be stopped, as can the reading of its
 * response.
 */
final class StoppableHttpClient extends HttpClient {

	private final HttpClient delegate;

	private final AtomicReference<@Nullable CompletableFuture<? extends HttpResponse<?>>> exchange = new AtomicReference<>();

	private volatile boolean stopped;

	StoppableHttpClient(HttpClient delegate) {
		this.delegate = delegate;
	}

	void stop() {
		this.stopped = true;
		CompletableFuture<? extends HttpResponse<?>> running = this.exchange.get();
		if (running != null) {
			stop(running);
		}
	}

	private static void stop(CompletableFuture<? extends HttpResponse<?>> running) {
		boolean cancelled = running.cancel(true);
		if (!cancelled) {
			running.thenAccept((response) -> close(response.body()));
		}
	}

	/**
	 * Ends the connection when the body is not read to its end, and wakes its reader.
	 */
	private static void close(@Nullable Object body) {
		try {
			if (body instanceof InputStream stream) {
				stream.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private <T> CompletableFuture<HttpResponse<T>> stoppable(CompletableFuture<HttpResponse<T>> running) {
		this.exchange.set(running);
		if (this.stopped) {
			stop(running);
		}
		return running;
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
		return stoppable(this.delegate.sendAsync(request, handler));
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler,
			@Nullable PushPromiseHandler<T> pushPromiseHandler) {
		return stoppable(this.delegate.sendAsync(request, handler, pushPromiseHandler));
	}

	@Override
	public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
			throws IOException, InterruptedException {
		return this.delegate.send(request, handler);
	}

	@Override
	public Optional<CookieHandler> cookieHandler() {
		return this.delegate.cookieHandler();
	}

	@Override
	public Optional<Duration> connectTimeout() {
		return this.delegate.connectTimeout();
	}

	@Override
	public Redirect followRedirects() {
		return this.delegate.followRedirects();
	}

	@Override
	public Optional<ProxySelector> proxy() {
		return this.delegate.proxy();
	}

	@Override
	public SSLContext sslContext() {
		return this.delegate.sslContext();
	}

	@Override
	public SSLParameters sslParameters() {
		return this.delegate.sslParameters();
	}

	@Override
	public Optional<Authenticator> authenticator() {
		return this.delegate.authenticator();
	}

	@Override
	public Version version() {
		return this.delegate.version();
	}

	@Override
	public Optional<Executor> executor() {
		return this.delegate.executor();
	}

	@Override
	public WebSocket.Builder newWebSocketBuilder() {
		return this.delegate.newWebSocketBuilder();
	}

}
