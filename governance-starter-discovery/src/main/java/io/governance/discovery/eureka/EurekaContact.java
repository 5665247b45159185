// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.eureka;

import com.netflix.discovery.EurekaClient;
import io.governance.discovery.springcloud.ClientContact;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Eureka's client answers from a copy of the registry, and without a word with an empty
 * one until it has the first. The copy counts as lost when two fetches in a row failed.
 */
public final class EurekaContact implements ClientContact {

	private static final String DESCRIPTION = "Spring Cloud Eureka Discovery Client";

	private static final long SLACK_MILLIS = 2000;

	private final ObjectProvider<EurekaClient> eureka;

	/**
	 * Creates the contact.
	 * @param eureka the client
	 */
	public EurekaContact(ObjectProvider<EurekaClient> eureka) {
		this.eureka = eureka;
	}

	@Override
	public @Nullable String lost(DiscoveryClient client) {
		EurekaClient bean = DESCRIPTION.equals(client.description()) ? this.eureka.getIfAvailable() : null;
		return (target(bean) instanceof com.netflix.discovery.DiscoveryClient fetching) ? lost(fetching) : null;
	}

	/** The bean is a proxy, which knows only the interface. */
	private static @Nullable Object target(@Nullable EurekaClient bean) {
		try {
			return (bean instanceof Advised proxy) ? proxy.getTargetSource().getTarget() : bean;
		}
		catch (Exception ex) {
			throw new IllegalStateException("eureka: no client (" + ex.getMessage() + ")", ex);
		}
	}

	private static @Nullable String lost(com.netflix.discovery.DiscoveryClient fetching) {
		if (!fetching.getEurekaClientConfig().shouldFetchRegistry()) {
			return null;
		}
		long age = fetching.getLastSuccessfulRegistryFetchTimePeriod();
		if (age < 0) {
			return "eureka: no answer yet";
		}
		long interval = fetching.getEurekaClientConfig().getRegistryFetchIntervalSeconds() * 1000L;
		return (age > 2 * interval + SLACK_MILLIS)
				? "eureka: no answer for " + age / 1000 + " s (expected: each " + interval / 1000 + " s)" : null;
	}

}
