// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.governance.client.FailureKinds;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

import org.springframework.util.ClassUtils;

/**
 * Reactor Netty's pools: one for the services without settings of their own, and one for
 * each that has. Each keeps the connections to one instance apart from those to others. A
 * call that gets none is rejected. Thread-safe.
 */
final class ServiceConnectionProvider implements ConnectionProvider {

	private static final boolean METERS_PRESENT = ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry",
			ServiceConnectionProvider.class.getClassLoader());

	/** The pool of an instance that is gone goes too, with its meters. */
	private static final Duration INACTIVE = Duration.ofMinutes(10);

	private static final Duration SWEEP = Duration.ofMinutes(1);

	private final ConnectionPlan plan;

	private final ConnectionProvider others;

	private final Map<String, ConnectionProvider> services;

	ServiceConnectionProvider(ConnectionPlan plan, String name) {
		this.plan = plan;
		this.others = pool(name, plan.defaults());
		this.services = plan.services()
			.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
					(entry) -> pool(name + "." + entry.getKey(), entry.getValue())));
	}

	private static ConnectionProvider pool(String name, ConnectionSettings settings) {
		ConnectionProvider.Builder pool = ConnectionProvider.builder(name)
			.maxConnections(settings.poolSize())
			.pendingAcquireMaxCount(settings.maxPending())
			.pendingAcquireTimeout(settings.pendingTimeout())
			.maxIdleTime(settings.idleTimeout())
			.evictInBackground(settings.idleTimeout())
			.disposeInactivePoolsInBackground(SWEEP, INACTIVE)
			.lifo()
			.metrics(METERS_PRESENT);
		return ((settings.maxLife() != null) ? pool.maxLifeTime(settings.maxLife()) : pool).build();
	}

	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> remote, @Nullable AddressResolverGroup<?> resolvers) {
		String address = address((remote != null) ? remote.get() : null);
		String service = this.plan.serviceAt(address);
		return this.services.getOrDefault(service, this.others)
			.acquire(config, observer, remote, resolvers)
			.onErrorMap(FailureKinds::isPoolExhausted,
					(error) -> ConnectionLimits.exhausted(service.isEmpty() ? address : service));
	}

	private static String address(@Nullable SocketAddress remote) {
		return (remote instanceof InetSocketAddress inet) ? ConnectionPlan.address(inet.getHostString(), inet.getPort())
				: String.valueOf(remote);
	}

	@Override
	public int maxConnections() {
		return this.others.maxConnections();
	}

	@Override
	public @Nullable Builder mutate() {
		return this.others.mutate();
	}

	@Override
	public @Nullable String name() {
		return this.others.name();
	}

	@Override
	public Mono<Void> disposeLater() {
		return Mono.whenDelayError(this.services.values().stream().map(ConnectionProvider::disposeLater).toList())
			.then(this.others.disposeLater());
	}

	@Override
	public void dispose() {
		disposeLater().subscribe();
	}

	@Override
	public boolean isDisposed() {
		return this.others.isDisposed();
	}

}
