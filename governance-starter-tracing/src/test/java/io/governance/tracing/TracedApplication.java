// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application on a free port of the loopback address, and a client without any
 * tracing.
 */
final class TracedApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newHttpClient();

	private TracedApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static TracedApplication start(WebApplicationType type, Class<?> source, String... arguments) {
		return start(new SpringApplicationBuilder(source), type, arguments);
	}

	static TracedApplication start(SpringApplicationBuilder builder, WebApplicationType type, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1"));
		all.addAll(List.of(arguments));
		return new TracedApplication(builder.web(type).run(all.toArray(String[]::new)));
	}

	String url() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(30));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	MutableSpan span(String traceId, Kind kind) {
		RecordedSpans spans = this.context.getBean(RecordedSpans.class);
		Awaitility.await().until(() -> spans.find(traceId, kind).isPresent());
		return spans.find(traceId, kind).orElseThrow();
	}

	/**
	 * Ends the application. Log levels are the process's: one that it set would silence
	 * the tests after it.
	 */
	@Override
	public void close() {
		this.context.close();
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
	}

}
