// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.GovernancePeerAutoConfiguration;
import io.governance.autoconfigure.GovernanceTrustAutoConfiguration;
import io.governance.context.TrustedCallers;
import io.governance.policy.Segment;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.servlet.EdgeFilter;
import io.governance.resilience.servlet.IdentifiedFilter;
import io.governance.resilience.servlet.RejectedCallResolver;
import io.governance.resilience.servlet.RejectionCors;
import io.governance.resilience.webflux.EdgeWebFilter;
import io.governance.resilience.webflux.IdentifiedWebFilter;
import io.governance.resilience.webflux.RejectedCallHandler;
import jakarta.servlet.DispatcherType;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.servlet.DispatcherServlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class GovernanceInboundAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(GovernanceAutoConfiguration.class,
			GovernanceTrustAutoConfiguration.class, GovernanceInboundAutoConfiguration.class,
			GovernanceInboundServletAutoConfiguration.class, GovernanceInboundWebFluxAutoConfiguration.class,
			GovernancePeerAutoConfiguration.class);

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(ALL);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(ALL);

	@Test
	void suppliesTwoFiltersAroundSecurityInAServletApplication() {
		this.servlet.withPropertyValues("spring.security.filter.order=7").run((context) -> {
			FilterRegistrationBean<?> edge = context.getBean("governanceEdgeFilter", FilterRegistrationBean.class);
			FilterRegistrationBean<?> identified = context.getBean("governanceIdentifiedFilter",
					FilterRegistrationBean.class);
			assertThat(edge.getFilter()).isInstanceOf(EdgeFilter.class);
			assertThat(edge.getOrder()).isEqualTo(GovernanceInboundAutoConfiguration.EDGE_ORDER);
			assertThat(edge.determineDispatcherTypes()).containsExactlyInAnyOrder(DispatcherType.REQUEST,
					DispatcherType.ASYNC, DispatcherType.ERROR);
			assertThat(identified.getFilter()).isInstanceOf(IdentifiedFilter.class);
			assertThat(identified.getOrder()).isEqualTo(17);
			assertThat(context).doesNotHaveBean(EdgeWebFilter.class);
		});
	}

	@Test
	void suppliesTwoFiltersAroundSecurityInAReactiveApplication() {
		this.reactive.run((context) -> {
			assertThat(context.getBean(EdgeWebFilter.class).getOrder())
				.isEqualTo(GovernanceInboundAutoConfiguration.EDGE_ORDER);
			assertThat(context.getBean(IdentifiedWebFilter.class).getOrder()).isEqualTo(-90);
			assertThat(context).hasSingleBean(RejectedCallHandler.class).doesNotHaveBean(RejectionCors.class);
		});
	}

	@Test
	void saysWhichSegmentsAreEnforced() {
		this.servlet.run((context) -> assertThat(context.getBeansOfType(EnforcementPoint.class).values())
			.extracting(EnforcementPoint::segment, EnforcementPoint::adapter)
			.containsExactlyInAnyOrder(tuple(Segment.EDGE, "servlet"), tuple(Segment.IDENTIFIED, "servlet")));
		this.reactive.run((context) -> assertThat(context.getBeansOfType(EnforcementPoint.class).values())
			.extracting(EnforcementPoint::segment, EnforcementPoint::adapter)
			.containsExactlyInAnyOrder(tuple(Segment.EDGE, "webflux"), tuple(Segment.IDENTIFIED, "webflux")));
	}

	@Test
	void backsOffFromBeansOfTheApplication() {
		RejectedCallResolver own = new RejectedCallResolver();
		this.servlet.withBean(RejectedCallResolver.class, () -> own)
			.run((context) -> assertThat(context.getBean(RejectedCallResolver.class)).isSameAs(own));
	}

	@Test
	void worksInAServletApplicationWithoutSpringMvc() {
		this.servlet.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("governanceEdgeFilter")
				.doesNotHaveBean(RejectedCallResolver.class));
	}

	@Test
	void canBeSwitchedOff() {
		this.servlet.withPropertyValues("governance.resilience.inbound.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("governanceEdgeFilter")
				.doesNotHaveBean(EnforcementPoint.class));
	}

	@Test
	void doesNothingWithoutAServer() {
		new ApplicationContextRunner().withConfiguration(ALL)
			.withClassLoader(new FilteredClassLoader("io.grpc"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(InboundCalls.class));
	}

	@Test
	void trustsPrivateAddressesByDefault() {
		this.servlet.run((context) -> {
			TrustedCallers trusted = context.getBean(TrustedCallers.class);
			assertThat(trusted.trusts("10.1.2.3")).isTrue();
			assertThat(trusted.trusts("::1")).isTrue();
			assertThat(trusted.trusts("203.0.113.1")).isFalse();
		});
	}

	@Test
	void namesABadAddressBlockWithItsProperty() {
		this.servlet.withPropertyValues("governance.trusted-callers=10.0.0.0/33")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("10.0.0.0/33")
				.hasMessageContaining("expected: an address block"));
	}

	@Test
	void embeddedContainersNotePeersWhereTheyAreThere() {
		this.servlet
			.run((context) -> assertThat(context).hasBean("governanceTomcatPeers").hasBean("governanceJettyPeers"));
		this.servlet.withClassLoader(new FilteredClassLoader(Tomcat.class, Server.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("governanceTomcatPeers")
				.doesNotHaveBean("governanceJettyPeers"));
	}

}
