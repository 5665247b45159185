// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Gives the blocking clients of HTTP service groups all layers: as load-balanced ones to
 * their requests to {@code lb://}, as others to the rest. Comes last, when the request
 * factory is known; whoever made or configured the builder.
 */
public final class StagedRestClientGroups implements RestClientHttpServiceGroupConfigurer {

	private final RequestFactoryStages stages;

	/**
	 * Creates the configurer.
	 * @param stages the layers
	 */
	public StagedRestClientGroups(RequestFactoryStages stages) {
		this.stages = stages;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups.forEachClient((group, builder) -> this.stages.attach(builder, group.name()));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
