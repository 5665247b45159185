// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.client.CallOrigin;
import io.governance.context.LabelSource;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Segment;
import io.governance.resilience.execution.AsyncCallExecutor;
import io.governance.resilience.execution.CallExecution;
import io.governance.resilience.grpc.GovernedChannels;
import io.governance.resilience.grpc.GovernedClientInterceptor;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.time.TimeSource;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannelBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/**
 * Auto-configuration that enforces outbound rules in gRPC clients: in the channels that
 * Spring gRPC makes for a name, and in those that are given the interceptor.
 */
@AutoConfiguration(after = { GovernanceAutoConfiguration.class, GovernanceOutboundAutoConfiguration.class,
		GovernanceGrpcServerAutoConfiguration.class })
@ConditionalOnClass(ClientInterceptor.class)
@ConditionalOnBean(PolicyEngine.class)
@ConditionalOnBooleanProperty(name = "governance.resilience.outbound.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernanceOutboundProperties.class)
public final class GovernanceGrpcClientAutoConfiguration {

	private static final String CLIENT = "gRPC";

	@Bean
	@ConditionalOnMissingBean
	CallExecution governanceGrpcCallExecution(PolicyEngine engine, TimeSource time, Environment environment) {
		return new CallExecution(engine, time, environment.getProperty("spring.application.name", "application"));
	}

	@Bean
	@ConditionalOnMissingBean
	DeadlineTimer governanceGrpcClientTimer() {
		return new DeadlineTimer();
	}

	@Bean
	@ConditionalOnMissingBean
	GovernedClientInterceptor governanceGovernedClientInterceptor(CallExecution execution, DeadlineTimer timer,
			ObjectProvider<LabelSource> labels) {
		return new GovernedClientInterceptor(new AsyncCallExecutor(execution, timer),
				new CallOrigin(execution.caller(), labels.getIfAvailable(() -> LabelSource.NONE)));
	}

	@Bean
	EnforcementPoint governanceGrpcCallPoint() {
		return new EnforcementPoint(Segment.CALL, CLIENT);
	}

	@Bean
	EnforcementPoint governanceGrpcAttemptPoint() {
		return new EnforcementPoint(Segment.ATTEMPT, CLIENT);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(GrpcChannelBuilderCustomizer.class)
	static class SpringGrpcConfiguration {

		/**
		 * Last: the interceptor that is added last is the outermost.
		 */
		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean(name = "governanceGrpcChannelCustomizer")
		<T extends ManagedChannelBuilder<T>> GrpcChannelBuilderCustomizer<T> governanceGrpcChannelCustomizer(
				GovernedClientInterceptor interceptor, GovernanceOutboundProperties properties) {
			GovernedChannels channels = new GovernedChannels(interceptor, properties.hosts());
			return (target, builder) -> channels.govern(target, builder);
		}

	}

}
