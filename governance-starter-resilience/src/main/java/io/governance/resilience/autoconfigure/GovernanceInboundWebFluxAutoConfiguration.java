// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.policy.Segment;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.webflux.EdgeWebFilter;
import io.governance.resilience.webflux.IdentifiedWebFilter;
import io.governance.resilience.webflux.ReactiveRejectionCors;
import io.governance.resilience.webflux.RejectedCallHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.reactive.HandlerMapping;

/**
 * Auto-configuration of rules on inbound calls in a reactive server, Spring Cloud Gateway
 * included.
 */
@AutoConfiguration(after = GovernanceInboundAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(HandlerMapping.class)
@ConditionalOnBean(InboundCalls.class)
public final class GovernanceInboundWebFluxAutoConfiguration {

	private static final String ADAPTER = "webflux";

	@Bean
	@ConditionalOnMissingBean
	EdgeWebFilter governanceEdgeWebFilter(InboundCalls calls, ReactiveRejectionCors cors) {
		return new EdgeWebFilter(calls, cors, GovernanceInboundAutoConfiguration.EDGE_ORDER);
	}

	@Bean
	@ConditionalOnMissingBean
	IdentifiedWebFilter governanceIdentifiedWebFilter(InboundCalls calls, ReactiveRejectionCors cors) {
		return new IdentifiedWebFilter(calls, cors,
				GovernanceInboundAutoConfiguration.SECURITY_ORDER + GovernanceInboundAutoConfiguration.BEHIND_SECURITY);
	}

	@Bean
	@ConditionalOnMissingBean
	ReactiveRejectionCors governanceReactiveRejectionCors(ObjectProvider<CorsWebFilter> filters,
			ObjectProvider<CorsConfigurationSource> sources, ObjectProvider<HandlerMapping> mappings) {
		return new ReactiveRejectionCors(filters, sources, mappings);
	}

	@Bean
	@ConditionalOnMissingBean
	RejectedCallHandler governanceRejectedCallHandler() {
		return new RejectedCallHandler();
	}

	@Bean
	EnforcementPoint governanceWebFluxEdgePoint() {
		return new EnforcementPoint(Segment.EDGE, ADAPTER);
	}

	@Bean
	EnforcementPoint governanceWebFluxIdentifiedPoint() {
		return new EnforcementPoint(Segment.IDENTIFIED, ADAPTER);
	}

}
