// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.grpc.InsecureServerCredentials;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program without a web server that ends right after its work: nothing is lost.
 */
class ProgramExportIntegrationTests {

	@Test
	void spansOfAShortProgramReachTheCollector() throws IOException {
		try (Backend backend = new Backend()) {
			work("--governance.tracing.export.endpoint=" + backend.url(""));
			assertThat(backend.messages()).singleElement().satisfies((message) -> {
				assertThat(message.path()).isEqualTo("/v1/traces");
				assertThat(message.headers().getFirst("x-token")).isEqualTo("Secret");
				assertComplete(ExportTraceServiceRequest.parseFrom(message.body()));
			});
		}
	}

	@Test
	void spansOfAShortProgramReachTheCollectorOverGrpc() {
		try (GrpcBackend backend = new GrpcBackend(InsecureServerCredentials.create())) {
			work("--governance.tracing.export.endpoint=http://127.0.0.1:" + backend.port(),
					"--governance.tracing.export.protocol=grpc");
			assertThat(backend.requests()).singleElement().satisfies(ProgramExportIntegrationTests::assertComplete);
			assertThat(backend.header("x-token")).containsExactly("Secret");
		}
	}

	private static void work(String... arguments) {
		List<String> all = new ArrayList<>(List.of("--spring.application.name=Nightly Report",
				"--spring.application.version=7.1", "--spring.application.group=reports",
				"--governance.discovery.registration.instance-id=report-1",
				"--governance.tracing.export.resource-attributes.deployment.environment.name=test",
				"--governance.tracing.export.headers.X-Token=Secret", "--governance.tracing.export.to=otlp",
				"--management.tracing.sampling.probability=1.0",
				// they would stay in this JVM's log lines
				"--logging.include-application-name=false", "--logging.include-application-group=false"));
		all.addAll(List.of(arguments));
		try (ConfigurableApplicationContext program = new SpringApplicationBuilder(Program.class)
			.web(WebApplicationType.NONE)
			.run(all.toArray(String[]::new))) {
			Tracer tracer = program.getBean(Tracer.class);
			Span parent = tracer.nextSpan().name("parent").start();
			Span child = tracer.nextSpan(parent).name("child").start();
			child.error(new IllegalStateException("no paper"));
			child.end();
			parent.end();
		}
	}

	private static void assertComplete(ExportTraceServiceRequest request) {
		Map<String, String> resource = new TreeMap<>();
		request.getResourceSpans(0)
			.getResource()
			.getAttributesList()
			.forEach((attribute) -> resource.put(attribute.getKey(), attribute.getValue().getStringValue()));
		assertThat(resource).containsEntry("service.name", "Nightly Report")
			.containsEntry("service.version", "7.1")
			.containsEntry("service.namespace", "reports")
			.containsEntry("service.instance.id", "report-1")
			.containsEntry("deployment.environment.name", "test");
		List<io.opentelemetry.proto.trace.v1.Span> spans = request.getResourceSpans(0).getScopeSpans(0).getSpansList();
		assertThat(spans).extracting((span) -> span.getName()).containsExactly("child", "parent");
		assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
		assertThat(spans.get(0).getTraceId()).isEqualTo(spans.get(1).getTraceId());
		assertThat(spans.get(0).getStatus().getMessage()).isEqualTo("no paper");
	}

	/**
	 * The program.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Program {

	}

}
