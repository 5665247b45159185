// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import io.governance.client.RequestFactoryStages;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Gives HTTP service groups with an {@code lb://} base URL blocking clients with all
 * layers. Comes first, because it replaces the builder that others configure.
 */
public final class LoadBalancedRestClientGroups implements RestClientHttpServiceGroupConfigurer {

	private final RequestFactoryStages stages;

	private final LoadBalancedGroups loadBalanced;

	/**
	 * Creates the configurer.
	 * @param stages the layers
	 * @param properties the base URLs of groups
	 */
	public LoadBalancedRestClientGroups(RequestFactoryStages stages,
			ObjectProvider<HttpServiceClientProperties> properties) {
		this.stages = stages;
		this.loadBalanced = new LoadBalancedGroups(properties);
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups.filter(this.loadBalanced).forEachClient((group) -> this.stages.wrap(RestClient.builder(), true));
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
