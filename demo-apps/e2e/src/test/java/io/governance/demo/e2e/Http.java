// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user's HTTP client.
 */
final class Http {

	private static final JsonMapper json = JsonMapper.builder().build();

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	HttpResponse<String> get(String url) {
		return send(HttpRequest.newBuilder(URI.create(url)).build());
	}

	/**
	 * Posts JSON.
	 */
	HttpResponse<String> post(String url, String body, String... headers) {
		HttpRequest.Builder request = request(url, body);
		return send(((headers.length > 0) ? request.headers(headers) : request).build());
	}

	CompletableFuture<HttpResponse<String>> postLater(String url, String body) {
		return this.client.sendAsync(request(url, body).build(), BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(String url, String body) {
		return HttpRequest.newBuilder(URI.create(url))
			.header("content-type", "application/json")
			.timeout(Duration.ofSeconds(30))
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	JsonNode json(String url) {
		return json.readTree(get(url).body());
	}

	static JsonNode body(HttpResponse<String> response) {
		return json.readTree(response.body());
	}

	/**
	 * The sum of a meter's series that have all the given tags.
	 */
	double meter(String url, String name, String... tags) {
		double sum = 0;
		Matcher series = Pattern.compile("(?m)^" + name + "\\{([^}]*)} (\\S+)").matcher(get(url).body());
		while (series.find()) {
			boolean matches = true;
			for (String tag : tags) {
				matches &= series.group(1).contains(tag);
			}
			sum += matches ? Double.parseDouble(series.group(2)) : 0;
		}
		return sum;
	}

}
