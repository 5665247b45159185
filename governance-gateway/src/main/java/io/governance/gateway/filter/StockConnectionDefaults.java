// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.time.Duration;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.gateway.config.HttpClientProperties;

/**
 * Gives Spring Cloud's own pool the times that it has no defaults for; what is configured
 * wins.
 */
public final class StockConnectionDefaults implements BeanPostProcessor {

	private static final int CONNECT_TIMEOUT_MILLIS = 2000;

	/** Below the time after which servers commonly close an idle connection. */
	private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(20);

	private static final Duration MAX_LIFE_TIME = Duration.ofMinutes(5);

	private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(15);

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof HttpClientProperties properties) {
			if (properties.getConnectTimeout() == null) {
				properties.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
			}
			setUp(properties.getPool());
		}
		return bean;
	}

	private static void setUp(HttpClientProperties.Pool pool) {
		if (pool.getMaxIdleTime() == null) {
			pool.setMaxIdleTime(MAX_IDLE_TIME);
		}
		if (pool.getMaxLifeTime() == null) {
			pool.setMaxLifeTime(MAX_LIFE_TIME);
		}
		if (pool.getEvictionInterval().isZero()) {
			pool.setEvictionInterval(EVICTION_INTERVAL);
		}
	}

}
