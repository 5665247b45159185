// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.tracing.web.TraceIdServletFilter;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Auto-configuration of the response header with the trace id in Servlet applications.
 * Off with {@code governance.tracing.response-header.enabled=false}.
 */
@AutoConfiguration(after = GovernanceTracingAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ Filter.class, OncePerRequestFilter.class })
@ConditionalOnBean(Tracer.class)
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "governance.tracing.response-header.enabled", matchIfMissing = true)
public final class GovernanceTracingServletAutoConfiguration {

	/**
	 * Order of the filter: right inside Spring's observation filter, before everything
	 * that may reject a request.
	 */
	public static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

	@Bean
	@ConditionalOnMissingFilterBean
	FilterRegistrationBean<TraceIdServletFilter> governanceTraceIdFilter(Tracer tracer,
			GovernanceTracingProperties properties) {
		FilterRegistrationBean<TraceIdServletFilter> registration = new FilterRegistrationBean<>(
				new TraceIdServletFilter(tracer, properties.responseHeader().name()));
		registration.setOrder(FILTER_ORDER);
		return registration;
	}

}
