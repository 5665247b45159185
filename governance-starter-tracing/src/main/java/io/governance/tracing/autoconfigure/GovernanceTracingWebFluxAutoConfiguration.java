// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.tracing.web.TraceIdWebFilter;
import io.micrometer.tracing.Tracer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.server.WebFilter;

/**
 * Auto-configuration of the response header with the trace id in WebFlux applications and
 * the gateway. Off with {@code governance.tracing.response-header.enabled=false}.
 */
@AutoConfiguration(after = GovernanceTracingAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(WebFilter.class)
@ConditionalOnBean(Tracer.class)
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "governance.tracing.response-header.enabled", matchIfMissing = true)
public final class GovernanceTracingWebFluxAutoConfiguration {

	/**
	 * Order of the filter: before everything that may reject a request.
	 */
	public static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

	@Bean
	@ConditionalOnMissingBean
	TraceIdWebFilter governanceTraceIdWebFilter(GovernanceTracingProperties properties) {
		return new TraceIdWebFilter(properties.responseHeader().name(), FILTER_ORDER);
	}

}
