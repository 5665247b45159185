// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The JDK's old client, which a {@code RestTemplate} has unless told otherwise.
 */
final class SimpleTransport implements Transport {

	private static final String REQUEST = "org.springframework.http.client.SimpleClientHttpRequest";

	private final SimpleClientHttpRequestFactory factory;

	private final Field connection;

	private SimpleTransport(SimpleClientHttpRequestFactory factory, Field connection) {
		this.factory = factory;
		this.connection = connection;
	}

	static @Nullable Transport of(SimpleClientHttpRequestFactory factory) {
		Class<?> type = ClassUtils.resolveClassName(REQUEST, SimpleTransport.class.getClassLoader());
		Field connection = Transports.field(type, "connection");
		return (connection != null) ? new SimpleTransport(factory, connection) : null;
	}

	@Override
	public Stoppable createRequest(URI uri, HttpMethod method, @Nullable Duration connectTimeout) throws IOException {
		ClientHttpRequest made = this.factory.createRequest(uri, method);
		Object found = this.connection.getDeclaringClass().isInstance(made)
				? ReflectionUtils.getField(this.connection, made) : null;
		if (!(found instanceof HttpURLConnection running)) {
			return new Stoppable(made, () -> {
			}, false);
		}
		if (connectTimeout != null
				&& (running.getConnectTimeout() == 0 || running.getConnectTimeout() > connectTimeout.toMillis())) {
			running.setConnectTimeout((int) connectTimeout.toMillis());
		}
		return new Stoppable(made, running::disconnect, false);
	}

}
