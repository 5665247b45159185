// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.function.Function;
import java.util.function.Predicate;

import io.governance.actuate.EnforcementPoint;
import io.governance.policy.Segment;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.servlet.BrokenCallObserver;
import io.governance.resilience.servlet.CallContextInterceptor;
import io.governance.resilience.servlet.EdgeFilter;
import io.governance.resilience.servlet.IdentifiedFilter;
import io.governance.resilience.servlet.MvcCors;
import io.governance.resilience.servlet.MvcStreams;
import io.governance.resilience.servlet.RejectedCallResolver;
import io.governance.resilience.servlet.RejectionCors;
import io.governance.resilience.servlet.TimedAnswers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Auto-configuration of rules on inbound calls in a Servlet container.
 */
@AutoConfiguration(after = GovernanceInboundAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(InboundCalls.class)
public final class GovernanceInboundServletAutoConfiguration {

	private static final String ADAPTER = "servlet";

	@Bean
	@ConditionalOnMissingFilterBean
	FilterRegistrationBean<EdgeFilter> governanceEdgeFilter(InboundCalls calls, RejectionCors cors, DeadlineTimer timer,
			ObjectProvider<MappedStreams> mapped) {
		MappedStreams fallback = new MappedStreams((request) -> false);
		TimedAnswers answers = new TimedAnswers(calls, timer, mapped.getIfAvailable(() -> fallback).source());
		FilterRegistrationBean<EdgeFilter> registration = new FilterRegistrationBean<>(
				new EdgeFilter(calls, cors, answers));
		registration.setOrder(GovernanceInboundAutoConfiguration.EDGE_ORDER);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	@Bean
	@ConditionalOnMissingFilterBean
	FilterRegistrationBean<IdentifiedFilter> governanceIdentifiedFilter(InboundCalls calls, RejectionCors cors,
			Environment environment) {
		FilterRegistrationBean<IdentifiedFilter> registration = new FilterRegistrationBean<>(
				new IdentifiedFilter(calls, cors));
		registration.setOrder(environment.getProperty("spring.security.filter.order", Integer.class,
				GovernanceInboundAutoConfiguration.SECURITY_ORDER)
				+ GovernanceInboundAutoConfiguration.BEHIND_SECURITY);
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		return registration;
	}

	@Bean
	@ConditionalOnMissingBean
	DeadlineTimer governanceDeadlineTimer() {
		return new DeadlineTimer();
	}

	@Bean
	@ConditionalOnMissingBean
	RejectionCors governanceRejectionCors(ObjectProvider<CorsFilter> filters,
			ObjectProvider<FilterRegistrationBean<?>> registrations, ObjectProvider<CorsConfigurationSource> sources,
			ObjectProvider<MappedCors> mapped) {
		MappedCors fallback = new MappedCors((request) -> null);
		return new RejectionCors(filters, registrations, sources, mapped.getIfAvailable(() -> fallback).source());
	}

	@Bean
	EnforcementPoint governanceServletEdgePoint() {
		return new EnforcementPoint(Segment.EDGE, ADAPTER);
	}

	@Bean
	EnforcementPoint governanceServletIdentifiedPoint() {
		return new EnforcementPoint(Segment.IDENTIFIED, ADAPTER);
	}

	/**
	 * What only Spring MVC knows.
	 */
	record MappedCors(Function<HttpServletRequest, @Nullable CorsConfiguration> source) {
	}

	/**
	 * What only Spring MVC knows.
	 */
	record MappedStreams(Predicate<HttpServletRequest> source) {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DispatcherServlet.class)
	static class MvcConfiguration {

		@Bean
		MappedCors governanceMvcCors(ObjectProvider<HandlerMapping> mappings) {
			return new MappedCors(new MvcCors(mappings));
		}

		@Bean
		MappedStreams governanceMvcStreams() {
			return new MappedStreams(new MvcStreams());
		}

		@Bean
		@ConditionalOnMissingBean
		RejectedCallResolver governanceRejectedCallResolver() {
			return new RejectedCallResolver();
		}

		@Bean
		@ConditionalOnMissingBean
		BrokenCallObserver governanceBrokenCallObserver() {
			return new BrokenCallObserver();
		}

		@Bean
		WebMvcConfigurer governanceCallContextConfigurer() {
			return new WebMvcConfigurer() {

				@Override
				public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
					configurer.registerCallableInterceptors(new CallContextInterceptor());
				}

			};
		}

	}

}
