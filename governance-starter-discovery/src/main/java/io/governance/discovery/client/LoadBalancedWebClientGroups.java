// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Gives HTTP service groups with an {@code lb://} base URL the filter that chooses
 * instances. Comes last, so that it is the innermost.
 */
public final class LoadBalancedWebClientGroups implements WebClientHttpServiceGroupConfigurer {

	private final LoadBalancingExchangeFilter filter;

	private final LoadBalancedGroups loadBalanced;

	/**
	 * Creates the configurer.
	 * @param filter chooses the instances
	 * @param properties the base URLs of groups
	 */
	public LoadBalancedWebClientGroups(LoadBalancingExchangeFilter filter,
			ObjectProvider<HttpServiceClientProperties> properties) {
		this.filter = filter;
		this.loadBalanced = new LoadBalancedGroups(properties);
	}

	@Override
	public void configureGroups(Groups<WebClient.Builder> groups) {
		groups.filter(this.loadBalanced).forEachClient((group, builder) -> {
			builder.filter(this.filter);
		});
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
