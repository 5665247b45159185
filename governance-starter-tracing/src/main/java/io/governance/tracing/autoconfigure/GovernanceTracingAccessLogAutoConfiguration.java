// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.metrics.GovernanceMeter;
import io.governance.time.TimeSource;
import io.governance.tracing.accesslog.AccessLog;
import io.governance.tracing.accesslog.AccessLogWebFilter;
import io.governance.tracing.accesslog.JettyAccessLog;
import io.governance.tracing.accesslog.ReactiveAccessLog;
import io.governance.tracing.accesslog.TomcatAccessLog;
import io.governance.tracing.accesslog.UpstreamSource;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Server;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/**
 * Auto-configuration of the access log. Off unless
 * {@code governance.tracing.access-log.enabled=true}.
 */
@AutoConfiguration(after = GovernanceTracingAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("governance.tracing.access-log.enabled")
@EnableConfigurationProperties(TracingAccessLogProperties.class)
public final class GovernanceTracingAccessLogAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AccessLog governanceAccessLog(TracingAccessLogProperties properties, ObjectProvider<TimeSource> time,
			Environment environment) {
		AccessLogChecks.check(properties);
		String service = environment.getProperty("spring.application.name", "application");
		return new AccessLog(properties.settings(service), time.getIfAvailable(TimeSource::system));
	}

	@Bean
	MeterBinder governanceAccessLogMeters(AccessLog log) {
		return (registry) -> {
			GovernanceMeter.ACCESS_LOG_LINES.counter(log, AccessLog::written, "written").register(registry);
			GovernanceMeter.ACCESS_LOG_LINES.counter(log, AccessLog::dropped, "dropped").register(registry);
			GovernanceMeter.ACCESS_LOG_QUEUED.gauge(log, AccessLog::queued).register(registry);
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass({ Tomcat.class, ConfigurableTomcatWebServerFactory.class })
	static class TomcatConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> governanceTomcatAccessLog(AccessLog log) {
			return (factory) -> factory.addEngineValves(new TomcatAccessLog(log));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass({ Server.class, ConfigurableJettyWebServerFactory.class })
	static class JettyConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> governanceJettyAccessLog(AccessLog log) {
			return (factory) -> factory.addServerCustomizers(new JettyAccessLog(log)::addTo);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnClass(WebFilter.class)
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ReactiveAccessLog governanceReactiveAccessLog(AccessLog log, ObjectProvider<UpstreamSource> upstreams) {
			return new ReactiveAccessLog(log, upstreams.getIfAvailable(() -> UpstreamSource.NONE));
		}

		@Bean
		@ConditionalOnMissingBean
		AccessLogWebFilter governanceAccessLogWebFilter() {
			return new AccessLogWebFilter();
		}

	}

}
