// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.util.Locale;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.autoconfigure.HttpClientProperties;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * The HTTP service groups whose base URL, in Boot's properties, says {@code lb://}.
 */
final class LoadBalancedGroups implements Predicate<HttpServiceGroup> {

	private final ObjectProvider<HttpServiceClientProperties> properties;

	LoadBalancedGroups(ObjectProvider<HttpServiceClientProperties> properties) {
		this.properties = properties;
	}

	@Override
	public boolean test(HttpServiceGroup group) {
		HttpServiceClientProperties all = this.properties.getIfAvailable();
		HttpClientProperties ofGroup = (all != null) ? all.get(group.name()) : null;
		return ofGroup != null && isLoadBalanced(ofGroup.getBaseUrl());
	}

	private static boolean isLoadBalanced(@Nullable String baseUrl) {
		return baseUrl != null && baseUrl.toLowerCase(Locale.ROOT).startsWith("lb://");
	}

}
