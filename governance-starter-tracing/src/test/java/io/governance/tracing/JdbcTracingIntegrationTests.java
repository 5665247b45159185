// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import com.zaxxer.hikari.HikariDataSource;
import io.governance.test.Requirement;
import io.governance.test.store.RealPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Statements to a real PostgreSQL.
 */
class JdbcTracingIntegrationTests {

	@RegisterExtension
	static final Requirement POSTGRES = RealPostgres.requirement();

	private static final String SQL = "select ?::text || 'es'";

	private static RealPostgres postgres;

	@BeforeAll
	static void start() {
		if (POSTGRES.isMet()) {
			postgres = RealPostgres.start();
		}
	}

	@AfterAll
	static void stop() {
		if (postgres != null) {
			postgres.close();
		}
	}

	@Test
	void aStatementIsAChildOfTheRequestWithItsTextAndWithoutValues() throws Exception {
		try (TracedApplication application = application()) {
			List<MutableSpan> statements = statements(application);
			assertThat(statements).singleElement().satisfies((span) -> {
				assertThat(span.tags()).containsEntry("jdbc.query[0]", SQL);
				assertThat(span.tags().values()).noneMatch((value) -> value.contains("secret"));
			});
			assertThat(application.get("/actuator/prometheus").body()).contains("jdbc_query_seconds_count");
		}
	}

	@Test
	void theTextStaysOutWhereTheApplicationSaysSo() throws Exception {
		try (TracedApplication application = application("--governance.tracing.jdbc.statement-text=false")) {
			assertThat(statements(application)).singleElement()
				.satisfies((span) -> assertThat(span.tags().values()).noneMatch((value) -> value.contains("select")));
		}
	}

	@Test
	void aPoolStaysAPoolAndWhatHandsOnIsLeftAlone() {
		try (TracedApplication application = application()) {
			HikariDataSource pool = application.context().getBean(HikariDataSource.class);
			assertThat(pool.getMaximumPoolSize()).isEqualTo(10);
			assertThat(application.context().getBean("handsOn").getClass())
				.isEqualTo(LazyConnectionDataSourceProxy.class);
		}
	}

	@Test
	void nothingIsTouchedWithThePartSwitchedOff() {
		try (TracedApplication application = application("--governance.tracing.jdbc.enabled=false")) {
			assertThat(application.context().getBean("dataSource").getClass()).isEqualTo(HikariDataSource.class);
		}
	}

	private static TracedApplication application(String... arguments) {
		String[] all = new String[arguments.length + 3];
		all[0] = "--management.tracing.sampling.probability=1.0";
		all[1] = "--spring.autoconfigure.exclude=";
		all[2] = "--spring.datasource.url=" + postgres.jdbcUrl();
		System.arraycopy(arguments, 0, all, 3, arguments.length);
		return TracedApplication.start(WebApplicationType.SERVLET, Application.class, all);
	}

	private static List<MutableSpan> statements(TracedApplication application) throws Exception {
		String traceId = UUID.randomUUID().toString().replace("-", "");
		assertThat(application.get("/", "traceparent", "00-" + traceId + "-b7ad6b7169203331-01").body())
			.isEqualTo("secretes");
		MutableSpan server = application.span(traceId, Kind.SERVER);
		List<MutableSpan> spans = application.context().getBean(RecordedSpans.class).all(traceId, Kind.CLIENT);
		assertThat(spans).allMatch((span) -> server.id().equals(span.parentId()));
		return spans;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		RecordedSpans recordedSpans() {
			return new RecordedSpans();
		}

		@Bean(defaultCandidate = false)
		DataSource handsOn(DataSource dataSource) {
			return new LazyConnectionDataSourceProxy(dataSource);
		}

		@Bean
		Controller controller(JdbcClient client) {
			return new Controller(client);
		}

	}

	@RestController
	static class Controller {

		private final JdbcClient client;

		Controller(JdbcClient client) {
			this.client = client;
		}

		@GetMapping("/")
		String answer() {
			return this.client.sql(SQL).param("secret").query(String.class).single();
		}

	}

}
