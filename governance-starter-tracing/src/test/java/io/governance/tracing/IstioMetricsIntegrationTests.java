// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Istio's names, labels and bounds, letter by letter, as Prometheus reads them.
 */
class IstioMetricsIntegrationTests {

	private static final Set<String> LABELS = Set.of("reporter", "source_workload", "source_workload_namespace",
			"source_principal", "source_app", "source_version", "source_cluster", "source_canonical_service",
			"source_canonical_revision", "destination_workload", "destination_workload_namespace",
			"destination_principal", "destination_app", "destination_version", "destination_cluster",
			"destination_canonical_service", "destination_canonical_revision", "destination_service",
			"destination_service_name", "destination_service_namespace", "request_protocol", "response_code",
			"grpc_response_status", "response_flags", "connection_security_policy");

	private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void callsAndRequestsAreReportedAsIstioDoes(WebApplicationType type) {
		try (TracedApplication application = start(type, "--governance.tracing.metrics.istio.enabled=true",
				"--governance.tracing.metrics.istio.namespace=shop", "--governance.tracing.metrics.istio.version=2")) {
			call(application);
			Awaitility.await()
				.untilAsserted(() -> assertThat(lines(application, "istio_requests_total{"))
					.anyMatch((line) -> line.contains("reporter=\"destination\"") && !line.endsWith(" 1.0")));
			List<String> requests = lines(application, "istio_requests_total{");
			assertThat(requests).allSatisfy((line) -> assertThat(labels(line)).isEqualTo(LABELS));
			assertThat(requests).anyMatch((line) -> line.contains("reporter=\"source\"")
					&& line.contains("source_workload=\"till\"") && line.contains("source_version=\"2\"")
					&& line.contains("destination_service_name=\"127.0.0.1\"") && line.contains("response_code=\"200\"")
					&& line.contains("response_flags=\"-\"") && line.endsWith(" 2.0"));
			assertThat(requests).anyMatch((line) -> line.contains("response_flags=\"UF\"")
					&& line.contains("response_code=\"503\"") && line.contains("destination_service=\"localhost\""));
			assertThat(requests).anyMatch((line) -> line.contains("reporter=\"destination\"")
					&& line.contains("destination_workload=\"till\"") && line.contains("source_workload=\"unknown\"")
					&& line.contains("destination_workload_namespace=\"shop\""));
			assertThat(lines(application, "istio_request_duration_milliseconds_bucket{")).isNotEmpty()
				.anyMatch((line) -> line.contains("le=\"0.5\""))
				.anyMatch((line) -> line.contains("le=\"3600000.0\""))
				.hasSize(20 * requests.size());
			assertThat(lines(application, "istio_request_bytes_sum{")).anyMatch((line) -> line.endsWith(" 10.0"));
			assertThat(lines(application, "istio_response_bytes_count{")).isNotEmpty();
		}
	}

	@Test
	void areAbsentUnlessSwitchedOn() {
		try (TracedApplication application = start(WebApplicationType.SERVLET)) {
			call(application);
			assertThat(lines(application, "istio")).isEmpty();
		}
	}

	private static void call(TracedApplication application) {
		RestClient blocking = application.context().getBean(RestClient.Builder.class).build();
		String url = application.url() + "/bills/{id}";
		assertThat(blocking.post().uri(url, 1).body("12345").retrieve().toBodilessEntity().getStatusCode())
			.isEqualTo(HttpStatusCode.valueOf(200));
		application.context()
			.getBean(WebClient.Builder.class)
			.build()
			.post()
			.uri(url, 2)
			.bodyValue("12345")
			.retrieve()
			.toBodilessEntity()
			.block();
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> blocking.get().uri("http://localhost:1/").retrieve().toBodilessEntity());
	}

	private static TracedApplication start(WebApplicationType type, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--spring.application.name=till");
		all.add("--logging.level.root=warn");
		return TracedApplication.start(type, Till.class, all.toArray(String[]::new));
	}

	private static List<String> lines(TracedApplication application, String start) {
		try {
			return application.get("/actuator/prometheus")
				.body()
				.lines()
				.filter((line) -> line.startsWith(start) && !line.contains("/actuator"))
				.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static Set<String> labels(String line) {
		Set<String> labels = new TreeSet<>();
		LABEL.matcher(line).results().forEach((label) -> labels.add(label.group(1)));
		return Set.copyOf(labels);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Till {

		@Bean
		Bills bills() {
			return new Bills();
		}

	}

	@RestController
	static class Bills {

		@PostMapping("/bills/{id}")
		String pay(@PathVariable String id, @RequestBody String body) {
			return id + body;
		}

	}

}
