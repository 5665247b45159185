// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.lang.reflect.Field;
import java.net.URI;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.netty.channel.ChannelOption;
import reactor.core.Disposable;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.util.ReflectionUtils;

/**
 * Gives Reactor Netty's clients pools of their own, and what else is set per service.
 * Closes the pools. Thread-safe.
 */
public final class ReactorConnections implements Disposable {

	/** The name of the pools, in Reactor Netty's meters. */
	private static final String NAME = "governance";

	private final ConnectionPlan plan;

	private final BooleanSupplier retriedByRules;

	private final ServiceConnectionProvider pools;

	/**
	 * Creates the pools.
	 * @param plan which settings hold where
	 * @param retriedByRules whether it is for retry rules to decide on a second try:
	 * Reactor Netty makes one by itself when a connection breaks, of a POST too
	 */
	public ReactorConnections(ConnectionPlan plan, BooleanSupplier retriedByRules) {
		this.plan = plan;
		this.retriedByRules = retriedByRules;
		this.pools = new ServiceConnectionProvider(plan, NAME);
	}

	/**
	 * The pools, for clients that are made with them.
	 * @return the pools
	 */
	public ConnectionProvider pools() {
		return this.pools;
	}

	/**
	 * The client for an address.
	 * @param client a client with these pools
	 * @param uri an address of the instance
	 * @return the client, with the time to connect and the protocol of the service there
	 */
	public HttpClient at(HttpClient client, URI uri) {
		return settle(client, this.plan.at(ConnectionPlan.address(uri)), "https".equalsIgnoreCase(uri.getScheme()));
	}

	/**
	 * A client for connections that last as long as somebody uses them, such as
	 * WebSockets: each is made anew and belongs to no pool.
	 * @param client a client
	 * @return the client without a pool, with the time to connect of services that have
	 * no settings of their own
	 */
	public HttpClient unpooled(HttpClient client) {
		return connectTimeout(withProvider(client, ConnectionProvider.newConnection()), this.plan.defaults());
	}

	/**
	 * The clients of a client of whatever pools, by service.
	 */
	Map<String, HttpClient> clients(HttpClient own, boolean secure) {
		HttpClient pooled = withProvider(own, this.pools).disableRetry(this.retriedByRules.getAsBoolean());
		Map<String, HttpClient> clients = this.plan.services()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> settle(pooled, entry.getValue(), secure)));
		clients.put("", settle(pooled, this.plan.defaults(), secure));
		return clients;
	}

	String serviceAt(URI uri) {
		return this.plan.serviceAt(ConnectionPlan.address(uri));
	}

	private static HttpClient connectTimeout(HttpClient client, ConnectionSettings settings) {
		Object own = client.configuration().options().get(ChannelOption.CONNECT_TIMEOUT_MILLIS);
		int millis = (int) Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis());
		return client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS,
				(own instanceof Integer shorter && shorter > 0) ? Math.min(shorter, millis) : millis);
	}

	private static HttpClient settle(HttpClient client, ConnectionSettings settings, boolean secure) {
		HttpClient settled = connectTimeout(client, settings);
		if (settings.http2() == null) {
			return settled;
		}
		if (!settings.http2()) {
			return settled.protocol(HttpProtocol.HTTP11);
		}
		// not by an upgrade: after one, Tomcat and Reactor Netty lose every second call
		return secure ? settled.protocol(HttpProtocol.H2, HttpProtocol.HTTP11) : settled.protocol(HttpProtocol.H2C);
	}

	/**
	 * A client cannot be given other pools once it is made, but its copies can.
	 */
	private static HttpClient withProvider(HttpClient own, ConnectionProvider provider) {
		HttpClient copy = own.headers((headers) -> {
		});
		HttpClient other = HttpClient.create(provider);
		Field field = ReflectionUtils.findField(copy.configuration().getClass(), "connectionProvider");
		if (field == null) {
			throw new IllegalStateException(
					"HttpClient: " + own.getClass().getName() + " (expected: Reactor Netty's own)");
		}
		field.setAccessible(true);
		ReflectionUtils.setField(field, copy.configuration(), ReflectionUtils.getField(field, other.configuration()));
		return copy;
	}

	@Override
	public void dispose() {
		this.pools.dispose();
	}

}
