// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a Prometheus server must find.
 */
final class ScrapeAssertions {

	private final TracedApplication application;

	ScrapeAssertions(TracedApplication application) {
		this.application = application;
	}

	void requestsAreThereWithTraces(String path) throws IOException, InterruptedException {
		HttpResponse<String> called = this.application.get(path);
		assertThat(called.statusCode()).isEqualTo(200);
		HttpResponse<String> scrape = this.application.get("/actuator/prometheus", "Accept",
				"application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
		assertThat(scrape.statusCode()).isEqualTo(200);
		assertThat(scrape.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/openmetrics-text"));
		List<String> lines = scrape.body().lines().toList();
		assertThat(lines)
			.anyMatch((line) -> line.startsWith("http_server_requests_seconds_count{") && line.contains(path))
			.anyMatch((line) -> line.startsWith("http_server_requests_seconds_bucket{") && line.contains("le=\"0.1\""));
		List<String> exemplars = lines.stream().filter((line) -> line.contains(" # {")).toList();
		assertThat(exemplars).isNotEmpty()
			.allMatch((line) -> line.contains("trace_id=\""))
			.allMatch((line) -> line.matches("[a-z_]+_(bucket|total)\\{.*"));
	}

}
