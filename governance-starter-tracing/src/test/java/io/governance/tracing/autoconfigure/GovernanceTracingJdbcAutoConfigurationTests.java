// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import javax.sql.DataSource;

import io.governance.tracing.context.jdbc.ObservedDataSources;
import io.governance.tracing.context.jdbc.StatementConvention;
import io.micrometer.tracing.Tracer;
import net.ttddyy.observation.tracing.DataSourceObservationListener;
import net.ttddyy.observation.tracing.QueryObservationConvention;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceTracingJdbcAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceTracingJdbcAutoConfiguration.class))
		.withBean(Tracer.class, () -> Tracer.NOOP)
		.withBean("source", DataSource.class, DriverManagerDataSource::new);

	@Test
	void observesADataSourceWhichKeepsItsClass() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(ObservedDataSources.class);
			assertThat(context.getBean("source")).isInstanceOf(DriverManagerDataSource.class)
				.isInstanceOf(ObservedDataSources.ObservedDataSource.class);
		});
	}

	@Test
	void leavesOneThatRoutesAlone() {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				return "none";
			}

		};
		this.contextRunner.run((context) -> assertThat(
				context.getBean(ObservedDataSources.class).postProcessAfterInitialization(routing, "routing"))
			.isSameAs(routing));
	}

	@Test
	void backsOffForTheApplicationsOwn() {
		this.contextRunner.withBean("own", QueryObservationConvention.class, () -> new StatementConvention(false))
			.run((context) -> assertThat(context).getBeanNames(QueryObservationConvention.class)
				.containsExactly("own"));
	}

	@Test
	void isOffWhereAPropertySaysSo() {
		for (String off : new String[] { "governance.tracing.enabled=false",
				"governance.tracing.jdbc.enabled=false" }) {
			this.contextRunner.withPropertyValues(off)
				.run((context) -> assertThat(context).doesNotHaveBean(ObservedDataSources.class));
		}
	}

	@Test
	void isOffWithoutItsLibrary() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(DataSourceObservationListener.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ObservedDataSources.class).hasNotFailed());
	}

	@Test
	void isOffWithoutADataSource() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GovernanceTracingJdbcAutoConfiguration.class))
			.withBean(Tracer.class, () -> Tracer.NOOP)
			.run((context) -> assertThat(context).doesNotHaveBean(ObservedDataSources.class).hasNotFailed());
	}

}
