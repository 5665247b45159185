// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.time.Duration;

import io.governance.resilience.server.BodyLimitFilter;
import io.governance.resilience.server.BodyLimitHandlers;
import io.governance.resilience.server.ServerLimits;
import io.governance.resilience.server.SlowHeads;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GovernanceServerAutoConfiguration}.
 */
class GovernanceServerAutoConfigurationTests {

	private static final String PREFIX = "governance.resilience.server.";

	private static final AutoConfigurations ALL = AutoConfigurations.of(GovernanceServerAutoConfiguration.class);

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(ALL);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(ALL);

	@Test
	void aServletApplicationHasLimits() {
		this.servlet.run((context) -> {
			FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
			assertThat(filter.getFilter()).isInstanceOf(BodyLimitFilter.class);
			assertThat(filter.getOrder()).isGreaterThan(GovernanceInboundAutoConfiguration.EDGE_ORDER);
			assertThat(context).hasSingleBean(SlowHeads.class)
				.hasBean("governanceTomcatLimits")
				.hasBean("governanceJettyLimits")
				.doesNotHaveBean(BodyLimitHandlers.class);
			assertThat(context.getBean(ServerLimits.class))
				.isEqualTo(new ServerLimits(-1, 8192, Duration.ofSeconds(20), 256, Duration.ofSeconds(10)));
		});
	}

	@Test
	void aReactiveApplicationHasLimits() {
		this.reactive.withPropertyValues(PREFIX + "max-body-size=1MB").run((context) -> {
			assertThat(context).hasSingleBean(BodyLimitHandlers.class)
				.hasBean("governanceNettyLimits")
				.doesNotHaveBean(FilterRegistrationBean.class);
			assertThat(context.getBean(ServerLimits.class).maxBodyBytes()).isEqualTo(1024 * 1024);
		});
	}

	@Test
	void anApplicationThatIsNotForTheWebHasNone() {
		new ApplicationContextRunner().withConfiguration(ALL)
			.run((context) -> assertThat(context).doesNotHaveBean(ServerLimits.class).doesNotHaveBean(SlowHeads.class));
	}

	@Test
	void canBeSwitchedOff() {
		this.servlet.withPropertyValues(PREFIX + "enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ServerLimits.class)
				.doesNotHaveBean(FilterRegistrationBean.class)
				.doesNotHaveBean(SlowHeads.class));
	}

	@Test
	void limitsOfTheUserAreUsed() {
		ServerLimits own = new ServerLimits(1, 1, Duration.ofSeconds(1), 1, Duration.ofSeconds(1));
		this.servlet.withBean(ServerLimits.class, () -> own)
			.run((context) -> assertThat(context.getBean(ServerLimits.class)).isSameAs(own));
	}

	@Test
	void worksWithOneServer() {
		this.servlet.withClassLoader(new FilteredClassLoader(Server.class, HttpServer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("governanceTomcatLimits")
				.doesNotHaveBean("governanceJettyLimits"));
		this.reactive.withClassLoader(new FilteredClassLoader(Server.class, Tomcat.class))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("governanceNettyLimits"));
	}

	@ParameterizedTest
	@CsvSource({ "max-body-size, -1B", "max-connections, -1", "head-timeout, -1s", "min-body-rate, -1B",
			"body-grace, -1s" })
	void aBadValueNamesItsProperty(String key, String value) {
		this.servlet.withPropertyValues(PREFIX + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo(PREFIX + key)));
	}

}
