// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.ReflectionUtils;

/**
 * The JDK's client. It sets the time to connect per client, so another client is derived
 * for each time that rules ask for and the user's own does not keep. Derived clients end
 * with this object: the JDK's client is closed by being forgotten.
 */
final class JdkTransport implements Transport {

	/** Rules that give a time to connect are few; what they once gave is forgotten. */
	private static final int MAX_DERIVED = 8;

	private final HttpClient client;

	private final Executor executor;

	private final @Nullable Duration readTimeout;

	private final boolean compression;

	private final Map<Duration, HttpClient> derived = new ConcurrentHashMap<>();

	private JdkTransport(HttpClient client, Executor executor, @Nullable Duration readTimeout, boolean compression) {
		this.client = client;
		this.executor = executor;
		this.readTimeout = readTimeout;
		this.compression = compression;
	}

	static @Nullable Transport of(JdkClientHttpRequestFactory factory) {
		Object client = value(factory, "httpClient");
		Object executor = value(factory, "executor");
		Object compression = value(factory, "compression");
		if (client instanceof HttpClient httpClient && executor instanceof Executor writer
				&& compression instanceof Boolean compress) {
			return new JdkTransport(httpClient, writer, (Duration) value(factory, "readTimeout"), compress);
		}
		return null;
	}

	private static @Nullable Object value(JdkClientHttpRequestFactory factory, String name) {
		var field = Transports.field(JdkClientHttpRequestFactory.class, name);
		return (field != null) ? ReflectionUtils.getField(field, factory) : null;
	}

	@Override
	public Stoppable createRequest(URI uri, HttpMethod method, @Nullable Duration connectTimeout) throws IOException {
		StoppableHttpClient stoppable = new StoppableHttpClient(client(connectTimeout));
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(stoppable, this.executor);
		factory.enableCompression(this.compression);
		if (this.readTimeout != null) {
			factory.setReadTimeout(this.readTimeout);
		}
		return new Stoppable(factory.createRequest(uri, method), stoppable::stop, true);
	}

	private HttpClient client(@Nullable Duration connectTimeout) {
		Duration own = this.client.connectTimeout().orElse(null);
		if (connectTimeout == null || (own != null && own.compareTo(connectTimeout) <= 0)) {
			return this.client;
		}
		if (this.derived.size() >= MAX_DERIVED && !this.derived.containsKey(connectTimeout)) {
			this.derived.clear();
		}
		return this.derived.computeIfAbsent(connectTimeout, this::derive);
	}

	private HttpClient derive(Duration connectTimeout) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.connectTimeout(connectTimeout)
			.followRedirects(this.client.followRedirects())
			.version(this.client.version())
			.sslContext(this.client.sslContext())
			.sslParameters(this.client.sslParameters());
		this.client.executor().ifPresent(builder::executor);
		this.client.cookieHandler().ifPresent(builder::cookieHandler);
		this.client.proxy().ifPresent(builder::proxy);
		this.client.authenticator().ifPresent(builder::authenticator);
		return builder.build();
	}

}
