// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.GovernanceTrustAutoConfiguration;
import io.governance.policy.Segment;
import io.governance.resilience.grpc.EdgeServerInterceptor;
import io.governance.resilience.grpc.GovernedClientInterceptor;
import io.governance.resilience.grpc.IdentifiedServerInterceptor;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.resilience.inbound.InboundCalls;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class GovernanceGrpcAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(GovernanceAutoConfiguration.class,
			GovernanceTrustAutoConfiguration.class, GovernanceInboundAutoConfiguration.class,
			GovernanceInboundServletAutoConfiguration.class, GovernanceOutboundAutoConfiguration.class,
			GovernanceGrpcServerAutoConfiguration.class, GovernanceGrpcClientAutoConfiguration.class);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(ALL);

	@Test
	void suppliesInterceptorsAndSaysWhichSegmentsAreEnforced() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(EdgeServerInterceptor.class)
				.hasSingleBean(IdentifiedServerInterceptor.class)
				.hasSingleBean(GovernedClientInterceptor.class)
				.hasSingleBean(GrpcChannelBuilderCustomizer.class)
				.hasSingleBean(DeadlineTimer.class);
			assertThat(context.getBeansOfType(EnforcementPoint.class).values())
				.extracting(EnforcementPoint::segment, EnforcementPoint::adapter)
				.contains(tuple(Segment.EDGE, "grpc"), tuple(Segment.IDENTIFIED, "grpc"), tuple(Segment.CALL, "gRPC"),
						tuple(Segment.ATTEMPT, "gRPC"));
		});
	}

	@Test
	void sharesTheTimerWithTheServletFilters() {
		new WebApplicationContextRunner().withConfiguration(ALL)
			.run((context) -> assertThat(context).hasSingleBean(DeadlineTimer.class)
				.hasSingleBean(EdgeServerInterceptor.class));
	}

	@Test
	void worksWithoutSpringGrpc() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.grpc"))
			.run((context) -> assertThat(context).hasSingleBean(EdgeServerInterceptor.class)
				.hasSingleBean(GovernedClientInterceptor.class));
	}

	@Test
	void worksWithoutSpringSecurityAndWithoutHttp() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.security", "org.springframework.http",
					"org.springframework.web", "reactor", "jakarta.servlet"))
			.run((context) -> assertThat(context).hasSingleBean(EdgeServerInterceptor.class)
				.hasSingleBean(GovernedClientInterceptor.class));
	}

	@Test
	void isInertWithoutGrpc() {
		this.runner.withClassLoader(new FilteredClassLoader("io.grpc", "org.springframework.grpc"))
			.run((context) -> assertThat(context).doesNotHaveBean(EdgeServerInterceptor.class)
				.doesNotHaveBean(GovernedClientInterceptor.class)
				.doesNotHaveBean(InboundCalls.class));
	}

	@Test
	void canBeSwitchedOff() {
		this.runner
			.withPropertyValues("governance.resilience.inbound.enabled=false",
					"governance.resilience.outbound.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(EdgeServerInterceptor.class)
				.doesNotHaveBean(GovernedClientInterceptor.class));
	}

}
