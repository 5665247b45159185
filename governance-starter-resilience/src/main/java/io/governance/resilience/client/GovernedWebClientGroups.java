// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import io.governance.client.GroupAddresses;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Puts the call stage around the reactive clients of HTTP service groups, for their
 * requests to {@code lb://} and to named hosts. Comes last: the call stage is the
 * outermost filter, what keeps the time to connect the innermost.
 */
public final class GovernedWebClientGroups implements WebClientHttpServiceGroupConfigurer {

	private final ObjectProvider<ClientSettings> settings;

	/**
	 * Creates the configurer.
	 * @param settings what adapters work with; asked for only when there are groups
	 */
	public GovernedWebClientGroups(ObjectProvider<ClientSettings> settings) {
		this.settings = settings;
	}

	@Override
	public void configureGroups(Groups<WebClient.Builder> groups) {
		groups.forEachClient((group, builder) -> attach(builder, group.name()));
	}

	private void attach(WebClient.Builder builder, String group) {
		CallFilter calls = new CallFilter(this.settings.getObject(), GroupAddresses::isLoadBalanced);
		builder.filters((filters) -> {
			if (filters.stream().noneMatch(CallFilter.class::isInstance)) {
				filters.add(0, (request, next) -> calls
					.filter(ClientRequest.from(request).url(GroupAddresses.of(request.url(), group)).build(), next));
				filters.add(new ConnectFilter());
			}
		});
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
