// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.function.Supplier;

import io.governance.actuate.EnforcementPoint;
import io.governance.policy.Segment;
import io.governance.resilience.grpc.EdgeServerInterceptor;
import io.governance.resilience.grpc.IdentifiedServerInterceptor;
import io.governance.resilience.grpc.LateCalls;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.resilience.inbound.InboundCalls;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Auto-configuration of rules on the calls of a gRPC server. Spring gRPC adds the
 * interceptors to all services. In a Servlet container gRPC's calls are requests, and the
 * Servlet filters ask the rules.
 */
@AutoConfiguration(
		after = { GovernanceInboundAutoConfiguration.class, GovernanceInboundServletAutoConfiguration.class },
		// of interceptors with the same order the first bean is the outermost
		beforeName = { "org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration",
				"org.springframework.boot.grpc.server.autoconfigure.exception.GrpcExceptionHandlerAutoConfiguration" })
@ConditionalOnClass(ServerInterceptor.class)
@Conditional(OnNativeGrpcServerCondition.class)
@ConditionalOnBean(InboundCalls.class)
public final class GovernanceGrpcServerAutoConfiguration {

	private static final String ADAPTER = "grpc";

	/**
	 * Behind Spring gRPC's security, which has -10.
	 */
	private static final int BEHIND_SECURITY = -5;

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@GlobalServerInterceptor
	@ConditionalOnMissingBean
	EdgeServerInterceptor governanceEdgeServerInterceptor(InboundCalls calls, DeadlineTimer timer, LateCalls late,
			GovernanceInboundProperties properties) {
		return new EdgeServerInterceptor(calls, timer, late, properties.ignoreManagement());
	}

	@Bean
	@Order(BEHIND_SECURITY)
	@GlobalServerInterceptor
	@ConditionalOnMissingBean
	IdentifiedServerInterceptor governanceIdentifiedServerInterceptor(InboundCalls calls, DeadlineTimer timer,
			LateCalls late, ObjectProvider<PrincipalName> principal) {
		PrincipalName nobody = new PrincipalName(() -> null);
		return new IdentifiedServerInterceptor(calls, timer, late, principal.getIfAvailable(() -> nobody).source());
	}

	@Bean
	@ConditionalOnMissingBean
	DeadlineTimer governanceGrpcServerTimer() {
		return new DeadlineTimer();
	}

	@Bean
	@ConditionalOnMissingBean
	LateCalls governanceGrpcLateCalls() {
		return new LateCalls();
	}

	@Bean
	EnforcementPoint governanceGrpcEdgePoint() {
		return new EnforcementPoint(Segment.EDGE, ADAPTER);
	}

	@Bean
	EnforcementPoint governanceGrpcIdentifiedPoint() {
		return new EnforcementPoint(Segment.IDENTIFIED, ADAPTER);
	}

	/**
	 * What only Spring Security knows.
	 */
	record PrincipalName(Supplier<@Nullable String> source) {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SecurityContextHolder.class)
	static class SecurityConfiguration {

		@Bean
		PrincipalName governanceGrpcPrincipalName() {
			return new PrincipalName(SecurityConfiguration::name);
		}

		private static @Nullable String name() {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			return (authentication != null) ? authentication.getName() : null;
		}

	}

}
