// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.Set;

import javax.sql.DataSource;

import io.governance.tracing.context.jdbc.ObservedDataSources;
import io.governance.tracing.context.jdbc.StatementConvention;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import net.ttddyy.observation.tracing.DataSourceObservationListener;
import net.ttddyy.observation.tracing.JdbcObservationDocumentation;
import net.ttddyy.observation.tracing.QueryObservationConvention;
import net.ttddyy.observation.tracing.QueryTracingObservationHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of a span per database statement, where the application has a
 * {@link DataSource}. Backs off where datasource-micrometer's own module for Spring Boot
 * is there. Off with {@code governance.tracing.jdbc.enabled=false}.
 */
@AutoConfiguration(after = GovernanceTracingAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({ DataSource.class, DataSourceObservationListener.class, ProxyDataSource.class })
@ConditionalOnMissingClass("net.ttddyy.observation.boot.autoconfigure.DataSourceObservationAutoConfiguration")
@ConditionalOnBean({ Tracer.class, DataSource.class })
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "governance.tracing.jdbc.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TracingJdbcProperties.class)
public final class GovernanceTracingJdbcAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(QueryObservationConvention.class)
	StatementConvention governanceStatementConvention(TracingJdbcProperties properties) {
		return new StatementConvention(properties.statementText());
	}

	@Bean
	@ConditionalOnMissingBean
	DataSourceObservationListener governanceDataSourceObservationListener(ObjectProvider<ObservationRegistry> registry,
			QueryObservationConvention convention) {
		DataSourceObservationListener listener = new DataSourceObservationListener(
				() -> registry.getIfAvailable(() -> ObservationRegistry.NOOP));
		listener.setSupportedTypes(Set.of(JdbcObservationDocumentation.QUERY));
		listener.setQueryObservationConvention(convention);
		return listener;
	}

	/**
	 * Before the handler that would write the trace into a request: there is none.
	 */
	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	QueryTracingObservationHandler governanceQueryTracingObservationHandler(Tracer tracer) {
		return new QueryTracingObservationHandler(tracer);
	}

	@Bean
	static ObservedDataSources governanceObservedDataSources(ObjectProvider<DataSourceObservationListener> listener) {
		return new ObservedDataSources(listener);
	}

}
