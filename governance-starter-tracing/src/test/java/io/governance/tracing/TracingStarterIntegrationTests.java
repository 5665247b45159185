// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.net.http.HttpResponse;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class TracingStarterIntegrationTests {

	@Test
	void aProgramWithoutAServerLogsServiceTraceAndSpan(CapturedOutput output) {
		try (TracedApplication application = TracedApplication.start(WebApplicationType.NONE, Plain.class,
				"--spring.application.name=worker", "--management.tracing.sampling.probability=0")) {
			Tracer tracer = application.context().getBean(Tracer.class);
			Span span = tracer.nextSpan().start();
			try (Tracer.SpanInScope inScope = tracer.withSpan(span)) {
				LoggerFactory.getLogger("work").info("unsampled work");
			}
			span.end();
			String ids = "[" + span.context().traceId() + "-" + span.context().spanId() + "]";
			assertThat(output.toString().lines())
				.anyMatch((line) -> line.contains("[worker]") && line.contains(ids) && line.contains("unsampled work"));
		}
	}

	@Test
	void startsWithNothingAroundAndSaysSoOnce(CapturedOutput output) throws Exception {
		try (TracedApplication application = TracedApplication.start(WebApplicationType.SERVLET, Plain.class)) {
			for (String endpoint : new String[] { "health", "info", "prometheus", "governance" }) {
				assertThat(application.get("/actuator/" + endpoint).statusCode()).isEqualTo(200);
			}
			assertThat(application.get("/actuator/env").statusCode()).isEqualTo(404);
			assertThat(output).containsOnlyOnce("spans=log-only").doesNotContain("WARN").doesNotContain("Exception");
		}
	}

	@Test
	void whatTheApplicationSaysWinsOverTheDefaults() throws Exception {
		try (TracedApplication application = TracedApplication.start(WebApplicationType.SERVLET, Plain.class,
				"--management.endpoints.web.exposure.include=health,env",
				"--management.metrics.distribution.slo.http.server.requests=77ms",
				"--spring.reactor.context-propagation=limited",
				"--governance.tracing.response-header.name=X-Request")) {
			HttpResponse<String> health = application.get("/actuator/health");
			assertThat(health.headers().firstValue("X-Request")).isPresent();
			assertThat(health.headers().firstValue("X-Trace-Id")).isEmpty();
			assertThat(application.get("/actuator/env").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/prometheus").statusCode()).isEqualTo(404);
			Environment environment = application.context().getEnvironment();
			assertThat(environment.getProperty("spring.reactor.context-propagation")).isEqualTo("limited");
		}
	}

	@Test
	void aPropertySourceAnnotationWinsOverTheDefaults() throws Exception {
		try (TracedApplication application = TracedApplication.start(WebApplicationType.SERVLET, Annotated.class)) {
			assertThat(application.get("/actuator/env").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/prometheus").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void defaultPropertiesOfTheApplicationWinOverTheDefaults() throws Exception {
		try (TracedApplication application = TracedApplication.start(
				new SpringApplicationBuilder(Plain.class).properties("management.endpoints.web.exposure.include=env"),
				WebApplicationType.SERVLET)) {
			assertThat(application.get("/actuator/env").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/prometheus").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void ownLatencyBucketsReplaceTheDefaults() throws Exception {
		try (TracedApplication application = TracedApplication.start(WebApplicationType.SERVLET, Plain.class,
				"--management.metrics.distribution.slo.http.server.requests=77ms")) {
			application.get("/actuator/health");
			assertThat(application.get("/actuator/prometheus")
				.body()
				.lines()
				.filter((line) -> line.startsWith("http_server_requests_seconds_bucket"))).isNotEmpty()
				.allMatch((line) -> line.contains("le=\"0.077\"") || line.contains("le=\"+Inf\""));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@PropertySource("classpath:annotated.properties")
	static class Annotated {

	}

}
