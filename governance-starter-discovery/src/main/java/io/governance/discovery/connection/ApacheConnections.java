// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.function.Resolver;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Sets up the pool of Apache's client, in place: whatever else the user gave it is kept,
 * and of two times the shorter one wins. The pool itself never makes a call wait, because
 * {@link ConnectionLimits} stands before it.
 */
final class ApacheConnections {

	private static final Log logger = LogFactory.getLog(ApacheConnections.class);

	/** Connections to all instances together; each instance is limited. */
	private static final int UNLIMITED = 1_000_000;

	/**
	 * Whether a connection is still open is asked before it is used again, which takes a
	 * millisecond; not where it was just used.
	 */
	private static final TimeValue ASK_AFTER = TimeValue.ofMilliseconds(100);

	private final ConnectionPlan plan;

	private final ScheduledExecutorService scheduler;

	private final AtomicBoolean sweeping = new AtomicBoolean();

	private final AtomicBoolean failed = new AtomicBoolean();

	private final List<WeakReference<PoolingHttpClientConnectionManager>> pools = new CopyOnWriteArrayList<>();

	ApacheConnections(ConnectionPlan plan, ScheduledExecutorService scheduler) {
		this.plan = plan;
		this.scheduler = scheduler;
	}

	/**
	 * Sets up the pool behind a factory.
	 * @return whether there is one that can be
	 */
	boolean setUp(ClientHttpRequestFactory factory) {
		if (!(factory instanceof HttpComponentsClientHttpRequestFactory apache)
				|| !(value(apache.getHttpClient(), "connManager") instanceof PoolingHttpClientConnectionManager pool)) {
			return false;
		}
		if (this.pools.stream().noneMatch((known) -> known.get() == pool)) {
			setUp(pool);
			this.pools.removeIf((known) -> known.get() == null);
			this.pools.add(new WeakReference<>(pool));
			closeIdleOnes();
		}
		return true;
	}

	private void setUp(PoolingHttpClientConnectionManager pool) {
		int largest = this.plan.all().mapToInt(ConnectionSettings::poolSize).max().orElseThrow();
		pool.setDefaultMaxPerRoute(Math.max(pool.getDefaultMaxPerRoute(), largest));
		pool.setMaxTotal(UNLIMITED);
		Resolver<HttpRoute, ConnectionConfig> own = resolver(pool);
		pool.setConnectionConfigResolver((route) -> config((own != null) ? own.resolve(route) : null, route));
	}

	private ConnectionConfig config(@Nullable ConnectionConfig own, HttpRoute route) {
		HttpHost host = route.getTargetHost();
		ConnectionSettings settings = this.plan
			.at(ConnectionPlan.address(host.getHostName(), ConnectionPlan.port(host.getSchemeName(), host.getPort())));
		ConnectionConfig base = (own != null) ? own : ConnectionConfig.DEFAULT;
		ConnectionConfig.Builder config = ConnectionConfig.copy(base)
			.setConnectTimeout(shorter(base.getConnectTimeout(), settings.connectTimeout()));
		if (settings.maxLife() != null) {
			config.setTimeToLive(shorter(base.getTimeToLive(), settings.maxLife()));
		}
		if (base.getValidateAfterInactivity() == null) {
			config.setValidateAfterInactivity(ASK_AFTER);
		}
		return config.build();
	}

	private static Timeout shorter(@Nullable TimeValue own, Duration other) {
		long millis = other.toMillis();
		return Timeout
			.ofMilliseconds((own != null && own.getDuration() > 0) ? Math.min(own.toMilliseconds(), millis) : millis);
	}

	/**
	 * The client has no timer of its own, and takes what a server says for a bound.
	 */
	private void closeIdleOnes() {
		if (this.sweeping.compareAndSet(false, true)) {
			Duration idle = this.plan.shortestIdleTimeout();
			long step = Math.max(1, idle.toMillis() / 4);
			TimeValue soonIdle = TimeValue.ofMilliseconds(idle.toMillis() - step);
			this.scheduler.scheduleWithFixedDelay(() -> sweep(soonIdle), step, step, TimeUnit.MILLISECONDS);
		}
	}

	private void sweep(TimeValue idle) {
		for (WeakReference<PoolingHttpClientConnectionManager> reference : this.pools) {
			PoolingHttpClientConnectionManager pool = reference.get();
			if (pool != null) {
				closeIdle(pool, idle);
			}
		}
	}

	/**
	 * An exception would end the schedule.
	 */
	private void closeIdle(PoolingHttpClientConnectionManager pool, TimeValue idle) {
		try {
			pool.closeIdle(idle);
		}
		catch (RuntimeException ex) {
			if (this.failed.compareAndSet(false, true)) {
				logger.warn("idle-timeout=failed client=Apache effect=\"an idle connection may stay\" (said once)", ex);
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static @Nullable Resolver<HttpRoute, ConnectionConfig> resolver(PoolingHttpClientConnectionManager pool) {
		return (Resolver<HttpRoute, ConnectionConfig>) value(pool, "connectionConfigResolver");
	}

	private static @Nullable Object value(Object owner, String name) {
		Field field = ReflectionUtils.findField(owner.getClass(), name);
		if (field == null) {
			return null;
		}
		field.setAccessible(true);
		return ReflectionUtils.getField(field, owner);
	}

}
