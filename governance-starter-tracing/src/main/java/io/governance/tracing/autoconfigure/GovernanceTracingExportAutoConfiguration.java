// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.governance.tracing.export.ExportMeters;
import io.governance.tracing.export.ServerErrorMarker;
import io.governance.tracing.export.SpanExporter;
import io.governance.tracing.export.SpanLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.ConditionalOnEnabledTracingExport;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of where finished spans go: the log, Zipkin or OTLP. Backs off for
 * an application's own {@link SpanExporter}, for Spring Boot's exporter to Zipkin when
 * Zipkin is the destination, and with {@code governance.tracing.enabled=false} or
 * {@code management.tracing.export.enabled=false}.
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.tracing.brave.autoconfigure.zipkin.ZipkinWithBraveTracingAutoConfiguration")
@ConditionalOnClass({ brave.Tracer.class, BraveTracer.class, MeterRegistry.class })
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TracingExportProperties.class)
public final class GovernanceTracingExportAutoConfiguration {

	private static final String DESTINATION = "governance.tracing.export.to";

	@Bean
	@Order(0)
	@ConditionalOnMissingBean
	ServerErrorMarker governanceServerErrorMarker() {
		return new ServerErrorMarker();
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	@ConditionalOnMissingBean
	@ConditionalOnProperty(name = DESTINATION, havingValue = "log", matchIfMissing = true)
	SpanLog governanceSpanLog() {
		return new SpanLog();
	}

	@Bean
	MeterBinder governanceTracingExportMeters(ObjectProvider<SpanExporter> exporters) {
		return (registry) -> exporters.ifUnique((exporter) -> new ExportMeters(exporter).bindTo(registry));
	}

	private static SpanExporter exporter(TracingExportProperties properties, ObjectProvider<SslBundles> sslBundles,
			Map<String, String> resource) {
		return new SpanExporter(new TracingExportSettings(properties).check(sslBundles, resource));
	}

	/**
	 * Zipkin.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = DESTINATION, havingValue = "zipkin")
	@ConditionalOnEnabledTracingExport("zipkin")
	static class ZipkinConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean(value = SpanExporter.class, type = "zipkin2.reporter.brave.AsyncZipkinSpanHandler")
		SpanExporter governanceSpanExporter(TracingExportProperties properties, ObjectProvider<SslBundles> sslBundles) {
			return exporter(properties, sslBundles, Map.of());
		}

	}

	/**
	 * OTLP.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = DESTINATION, havingValue = "otlp")
	@ConditionalOnEnabledTracingExport("otlp")
	static class OtlpConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean
		SpanExporter governanceSpanExporter(TracingExportProperties properties, ObjectProvider<SslBundles> sslBundles,
				Environment environment, ObjectProvider<BuildProperties> build) {
			return exporter(properties, sslBundles, resource(properties, environment, build.getIfAvailable()));
		}

		private static Map<String, String> resource(TracingExportProperties properties, Environment environment,
				@Nullable BuildProperties build) {
			Map<String, String> resource = new LinkedHashMap<>();
			resource.put("service.name", environment.getProperty("spring.application.name", "unknown_service:java"));
			put(resource, "service.namespace", environment.getProperty("spring.application.group"));
			put(resource, "service.version", (build != null && build.getVersion() != null) ? build.getVersion()
					: environment.getProperty("spring.application.version"));
			resource.put("service.instance.id", environment.getProperty("governance.discovery.registration.instance-id",
					UUID.randomUUID().toString()));
			resource.put("telemetry.sdk.language", "java");
			resource.put("telemetry.sdk.name", "brave");
			resource.putAll(properties.resourceAttributes());
			return resource;
		}

		private static void put(Map<String, String> resource, String key, @Nullable String value) {
			if (value != null && !value.isBlank()) {
				resource.put(key, value);
			}
		}

	}

}
