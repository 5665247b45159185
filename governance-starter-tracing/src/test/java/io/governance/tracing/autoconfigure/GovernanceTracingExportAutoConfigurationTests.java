// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import brave.handler.SpanHandler;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.metrics.GovernanceMeter;
import io.governance.tracing.export.ExportSettings;
import io.governance.tracing.export.ServerErrorMarker;
import io.governance.tracing.export.SpanExporter;
import io.governance.tracing.export.SpanLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.zipkin.ZipkinWithBraveTracingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class GovernanceTracingExportAutoConfigurationTests {

	// a port where nobody listens: what is exported in these tests goes nowhere
	private static final String NOBODY = "http://127.0.0.1:1";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("management.tracing.sampling.probability=1.0",
				"governance.tracing.export.shutdown-timeout=100ms")
		.withConfiguration(AutoConfigurations.of(BraveAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
				ObservationAutoConfiguration.class, ZipkinWithBraveTracingAutoConfiguration.class,
				GovernanceAutoConfiguration.class, GovernanceBaggageAutoConfiguration.class,
				GovernanceTracingAutoConfiguration.class, GovernanceTracingExportAutoConfiguration.class));

	@Test
	void spansStayInTheLogByDefault(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(SpanLog.class)
				.hasSingleBean(ServerErrorMarker.class)
				.doesNotHaveBean(SpanExporter.class);
			context.getBean(Tracer.class).nextSpan().name("work").start().end();
			assertThat(output).contains("spans=log-only").doesNotContain("name=\"work\"");
		});
	}

	@Test
	void nowhereIsSaidWhereNothingIsExportedOrLogged(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("governance.tracing.export.to=zipkin", "management.tracing.export.enabled=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(SpanLog.class).doesNotHaveBean(SpanExporter.class);
				assertThat(output).contains("spans=none").doesNotContain("spans=log-only");
			});
	}

	@Test
	void spansAreLinesOfTheirLogger(CapturedOutput output) {
		Logger spans = (Logger) LoggerFactory.getLogger(SpanLog.LOGGER);
		spans.setLevel(Level.DEBUG);
		this.contextRunner.run((context) -> context.getBean(Tracer.class).nextSpan().name("work").start().end());
		spans.setLevel(null);
		assertThat(output).contains("name=\"work\"", "trace=");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			zipkin | http | -                            | zipkin http://localhost:9411/api/v2/spans
			zipkin | http | http://zipkin:9411           | zipkin http://zipkin:9411/api/v2/spans
			zipkin | grpc | https://zipkin/base/spans    | zipkin https://zipkin/base/spans
			otlp   | http | -                            | otlp/http http://localhost:4318/v1/traces
			otlp   | http | https://tempo/otlp/v1/traces | otlp/http https://tempo/otlp/v1/traces
			OTLP   | HTTP | http://c:4318/               | otlp/http http://c:4318/v1/traces
			otlp   | grpc | -                            | otlp/grpc http://localhost:4317
			otlp   | grpc | https://jaeger:4317          | otlp/grpc https://jaeger:4317
			""")
	void theStartLineSaysWhereSpansGo(String to, String protocol, String endpoint, String shown,
			CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("governance.tracing.export.to=" + to, "governance.tracing.export.protocol=" + protocol,
					(endpoint != null) ? "governance.tracing.export.endpoint=" + endpoint : "none=none")
			.run((context) -> {
				assertThat(context).hasSingleBean(SpanExporter.class).doesNotHaveBean(SpanLog.class);
				assertThat(output).contains("spans=" + shown + System.lineSeparator());
				assertThat(context.getBean(SpanExporter.class).isRunning()).isTrue();
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			timeout          | 0s      | 1ms or more
			connect-timeout  | -1s     | 1ms or more
			flush-interval   | 0s      | 1ms or more
			shutdown-timeout | 0s      | 1ms or more
			max-queued-spans | 0       | 1 or more
			max-queued-bytes | 0B      | 1B or more
			ssl-bundle       | unheard | the name of a bundle below spring.ssl.bundle
			""")
	void aValueThatCannotWorkStopsTheStart(String name, String value, String expected) {
		this.contextRunner
			.withPropertyValues("governance.tracing.export.to=otlp", "governance.tracing.export." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("governance.tracing.export." + name)
				.hasMessageContaining(expected));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http | endpoint      | zipkin:9411                     | zipkin:9411 | an http or https address, such as
			http | endpoint      | http://                         | http://     | an http or https address
			http | endpoint      | http://a b                      | http://a b  | an http or https address
			http | endpoint      | ftp://host/                     | ftp://host/ | an http or https address
			http | endpoint      | http://me:secret@host           | ******      | without user, password and fragment
			http | endpoint      | http://host/#secret             | ******      | without user, password and fragment
			http | endpoint      | http://user:secret@my_host:9411 | ******      | an http or https address
			http | endpoint      | https://user:p%secret@host      | ******      | an http or https address
			grpc | endpoint      | grpc://secret@collector:4317    | ******      | an http or https address
			grpc | endpoint      | https://c/path?api-key=secret   | ******      | without a path
			grpc | endpoint      | http://host:4317/v1/traces      | http://host | without a path
			http | headers.host  | secret                          | ******      | that the export does not set itself
			http | headers.token | secret-ü                        | ******      | printable ASCII characters
			""")
	void whatMayHoldCredentialsStopsTheStartAndIsNotShown(String protocol, String name, String value, String shown,
			String expected, CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException()
			.isThrownBy(() -> application.run("--governance.tracing.export.to=otlp",
					"--governance.tracing.export.protocol=" + protocol,
					"--governance.tracing.export." + name + "=" + value))
			.satisfies((ex) -> assertThat(ex).rootCause().hasMessageContaining(expected));
		assertThat(output).contains("APPLICATION FAILED TO START", "governance.tracing.export." + name + ": " + shown)
			.contains("originating from \"governance.tracing.export." + name, expected)
			.doesNotContain("secret");
	}

	@Test
	void anUnknownDestinationStopsTheStart() {
		this.contextRunner.withPropertyValues("governance.tracing.export.to=jaeger")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("jaeger")
				.hasMessageContaining("Destination"));
	}

	@Test
	void backsOffForAnApplicationsOwnExporter() {
		SpanExporter own = new SpanExporter(new ExportSettings(ExportSettings.Format.ZIPKIN,
				new ExportSettings.Connection(URI.create(NOBODY), Map.of(), false, Duration.ofSeconds(1),
						Duration.ofSeconds(1), null),
				new ExportSettings.Queue(10, 1000, Duration.ofSeconds(1), Duration.ofMillis(100)), Map.of()));
		this.contextRunner.withBean(SpanExporter.class, () -> own)
			.withPropertyValues("governance.tracing.export.to=otlp")
			.run((context) -> assertThat(context).getBean(SpanExporter.class).isSameAs(own));
	}

	@ParameterizedTest
	@CsvSource({ "governance.tracing.enabled=false, otlp", "management.tracing.export.enabled=false, otlp",
			"management.tracing.export.otlp.enabled=false, otlp",
			"management.tracing.export.zipkin.enabled=false, zipkin" })
	void isOffWhenToldSo(String property, String to) {
		this.contextRunner.withPropertyValues("governance.tracing.export.to=" + to, property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SpanExporter.class));
	}

	@Test
	void isOffWithoutBrave() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.tracing.brave"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SpanLog.class));
	}

	@Test
	void springBootsExporterToZipkinIsEnough(CapturedOutput output) {
		this.contextRunner.withUserConfiguration(BootsZipkin.class)
			.withPropertyValues("governance.tracing.export.to=zipkin")
			.run((context) -> {
				assertThat(context).hasSingleBean(AsyncZipkinSpanHandler.class).doesNotHaveBean(SpanExporter.class);
				assertThat(output).contains("spans=management.tracing.export.zipkin" + System.lineSeparator());
			});
	}

	@Test
	void springBootsExporterToZipkinGoesBesideOtlp(CapturedOutput output) {
		this.contextRunner.withUserConfiguration(BootsZipkin.class)
			.withPropertyValues("governance.tracing.export.to=otlp", "governance.tracing.export.endpoint=" + NOBODY)
			.run((context) -> {
				assertThat(context).hasSingleBean(AsyncZipkinSpanHandler.class).hasSingleBean(SpanExporter.class);
				assertThat(output).contains("otlp/http http://127.0.0.1:1/v1/traces")
					.contains("management.tracing.export.zipkin");
			});
	}

	@Test
	void exportersComeAfterWhatChangesSpans() {
		this.contextRunner.withPropertyValues("governance.tracing.export.to=zipkin")
			.run((context) -> assertThat(context.getBeanProvider(SpanHandler.class).orderedStream())
				.extracting((handler) -> handler.getClass().getSimpleName())
				.containsExactly("CompositeSpanHandler", "ServerErrorMarker", "SpanExporter"));
	}

	@Test
	void spansAreCounted() {
		this.contextRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("governance.tracing.export.to=zipkin", "governance.tracing.export.endpoint=" + NOBODY)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
				List<String> names = List.of(GovernanceMeter.TRACING_EXPORT_SPANS.meterName(),
						GovernanceMeter.TRACING_EXPORT_MESSAGES.meterName(),
						GovernanceMeter.TRACING_EXPORT_QUEUE.meterName(),
						GovernanceMeter.TRACING_EXPORT_QUEUED.meterName());
				assertThat(names).allSatisfy((name) -> assertThat(registry.find(name).meters()).isNotEmpty());
				context.getBean(Tracer.class).nextSpan().name("work").start().end();
				assertThat(registry.get("governance.tracing.export.queued").gauge().value()).isEqualTo(1);
			});
	}

	/**
	 * An application that exports, and nothing else.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GovernanceTracingExportAutoConfiguration.class)
	static class Application {

	}

	/**
	 * What spring-boot-starter-zipkin brings.
	 */
	@Configuration(proxyBeanMethods = false)
	static class BootsZipkin {

		@Bean
		Encoding encoding() {
			return Encoding.JSON;
		}

		@Bean
		BytesMessageSender sender() {
			return new BytesMessageSender.Base(Encoding.JSON) {

				@Override
				public int messageMaxBytes() {
					return 1000;
				}

				@Override
				public void send(List<byte[]> encodedSpans) {
					// it is enough to be there
				}

				@Override
				public void close() {
					// nothing is open
				}

			};
		}

	}

}
