// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Apache's client. The user's factory makes the requests, so that whatever it sets is
 * kept; a shorter time to connect is set on the request's own context.
 */
final class ApacheTransport implements Transport {

	private static final String REQUEST = "org.springframework.http.client.HttpComponentsClientHttpRequest";

	private final ClientHttpRequestFactory factory;

	private final Field request;

	private final Field context;

	private ApacheTransport(ClientHttpRequestFactory factory, Field request, Field context) {
		this.factory = factory;
		this.request = request;
		this.context = context;
	}

	static @Nullable Transport of(ClientHttpRequestFactory factory) {
		Class<?> type = ClassUtils.resolveClassName(REQUEST, ApacheTransport.class.getClassLoader());
		Field request = Transports.field(type, "httpRequest");
		Field context = Transports.field(type, "httpContext");
		return (request != null && context != null) ? new ApacheTransport(factory, request, context) : null;
	}

	@Override
	public Stoppable createRequest(URI uri, HttpMethod method, @Nullable Duration connectTimeout) throws IOException {
		ClientHttpRequest made = this.factory.createRequest(uri, method);
		if (!this.request.getDeclaringClass().isInstance(made)) {
			return new Stoppable(made, () -> {
			}, false);
		}
		if (connectTimeout != null && ReflectionUtils.getField(this.context, made) instanceof HttpClientContext own) {
			own.setRequestConfig(withConnectTimeout(own.getRequestConfig(), connectTimeout));
		}
		Object cancellable = ReflectionUtils.getField(this.request, made);
		return new Stoppable(made, () -> {
			if (cancellable instanceof Cancellable running) {
				running.cancel();
			}
		}, true);
	}

	@SuppressWarnings("deprecation")
	private static RequestConfig withConnectTimeout(@Nullable RequestConfig config, Duration connectTimeout) {
		RequestConfig current = (config != null) ? config : RequestConfig.DEFAULT;
		Timeout own = current.getConnectTimeout();
		if (own != null && own.isEnabled() && own.toDuration().compareTo(connectTimeout) <= 0) {
			return current;
		}
		return RequestConfig.copy(current)
			.setConnectTimeout(Timeout.of(connectTimeout.toMillis(), TimeUnit.MILLISECONDS))
			.build();
	}

}
