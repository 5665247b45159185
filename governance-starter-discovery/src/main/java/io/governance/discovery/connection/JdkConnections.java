// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.lang.reflect.Field;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Gives the JDK's client the time to connect and the protocol, which it has per client:
 * the factory gets one that has a client for each service with settings of its own. How
 * long connections are kept is one property of the JVM.
 */
final class JdkConnections {

	private final ConnectionPlan plan;

	/** Factories of one client share its successor, and so its connections. */
	private final Cache<HttpClient, HttpClient> clients = Caffeine.newBuilder().weakKeys().build();

	JdkConnections(ConnectionPlan plan) {
		this.plan = plan;
	}

	/**
	 * The same factory with other clients.
	 * @return {@code null} if it is not as it is known
	 */
	@Nullable ClientHttpRequestFactory setUp(JdkClientHttpRequestFactory factory) {
		if (!(value(factory, "httpClient") instanceof HttpClient client)
				|| !(value(factory, "executor") instanceof Executor executor)
				|| !(value(factory, "compression") instanceof Boolean compression)) {
			return null;
		}
		JdkClientHttpRequestFactory settled = new JdkClientHttpRequestFactory(
				this.clients.get(client, (own) -> new ServiceHttpClient(own, this.plan)), executor);
		settled.enableCompression(compression);
		if (value(factory, "readTimeout") instanceof Duration readTimeout) {
			settled.setReadTimeout(readTimeout);
		}
		return settled;
	}

	private static @Nullable Object value(JdkClientHttpRequestFactory factory, String name) {
		Field field = ReflectionUtils.findField(JdkClientHttpRequestFactory.class, name);
		if (field == null) {
			return null;
		}
		field.setAccessible(true);
		return ReflectionUtils.getField(field, factory);
	}

}
