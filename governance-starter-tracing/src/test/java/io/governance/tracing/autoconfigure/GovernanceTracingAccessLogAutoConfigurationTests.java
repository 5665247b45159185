// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.governance.time.TimeSource;
import io.governance.tracing.accesslog.AccessLog;
import io.governance.tracing.accesslog.AccessLogFormat;
import io.governance.tracing.accesslog.AccessLogWebFilter;
import io.governance.tracing.accesslog.ReactiveAccessLog;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceTracingAccessLogAutoConfigurationTests {

	private static final AutoConfigurations ACCESS_LOG = AutoConfigurations
		.of(GovernanceTracingAccessLogAutoConfiguration.class);

	private static final String ON = "governance.tracing.access-log.enabled=true";

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(ACCESS_LOG);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(ACCESS_LOG);

	@Test
	void isOffUnlessSwitchedOn() {
		this.servlet.run((context) -> assertThat(context).doesNotHaveBean(AccessLog.class));
		this.servlet.withPropertyValues(ON, "governance.tracing.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AccessLog.class));
		new ApplicationContextRunner().withConfiguration(ACCESS_LOG)
			.withPropertyValues(ON)
			.run((context) -> assertThat(context).doesNotHaveBean(AccessLog.class));
	}

	@Test
	void suppliesTheLogAndWhatFeedsIt() {
		this.servlet.withPropertyValues(ON)
			.run((context) -> assertThat(context).hasSingleBean(AccessLog.class)
				.hasSingleBean(MeterBinder.class)
				.hasBean("governanceTomcatAccessLog")
				.hasBean("governanceJettyAccessLog")
				.doesNotHaveBean(ReactiveAccessLog.class));
		this.reactive.withPropertyValues(ON)
			.run((context) -> assertThat(context).hasSingleBean(AccessLog.class)
				.hasSingleBean(ReactiveAccessLog.class)
				.hasSingleBean(AccessLogWebFilter.class)
				.doesNotHaveBean("governanceTomcatAccessLog"));
	}

	@Test
	void backsOffWhereAServerIsMissing() {
		this.servlet.withPropertyValues(ON)
			.withClassLoader(new FilteredClassLoader(Server.class))
			.run((context) -> assertThat(context).hasBean("governanceTomcatAccessLog")
				.doesNotHaveBean("governanceJettyAccessLog"));
		this.servlet.withPropertyValues(ON)
			.withClassLoader(new FilteredClassLoader(Tomcat.class))
			.run((context) -> assertThat(context).hasBean("governanceJettyAccessLog")
				.doesNotHaveBean("governanceTomcatAccessLog"));
	}

	@Test
	void backsOffForAnAccessLogOfTheApplication() {
		AccessLog own = new AccessLog(new TracingAccessLogProperties(true, AccessLogFormat.TEXT, List.of(), List.of(),
				List.of(), 0, 1, 4096, 1, Duration.ZERO)
			.settings("own"), TimeSource.system());
		this.servlet.withPropertyValues(ON)
			.withBean("own", AccessLog.class, () -> own)
			.run((context) -> assertThat(context.getBean(AccessLog.class)).isSameAs(own));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sample=1.5", "queue-size=0", "max-length=10", "flush-timeout=-1s", "exclude=actuator",
			"format=xml" })
	void aBadValueStopsTheStartAndIsNamed(String property) {
		this.servlet.withPropertyValues(ON, "governance.tracing.access-log." + property)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("governance.tracing.access-log." + property.split("=")[0]));
	}

}
