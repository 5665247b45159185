// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.governance.config.remote.ConfigWatchAnswer.Kind;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.config.client.ConfigClientProperties.Credentials;
import org.springframework.cloud.config.client.ConfigClientRequestTemplateFactory;
import org.springframework.cloud.config.environment.Environment;
import org.springframework.cloud.configuration.SSLContextFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Talks to a config server with Spring Cloud Config's client settings (addresses,
 * credentials, TLS, timeouts). Every request is bounded in time. Thread-safe.
 */
public final class ConfigServerClient {

	private static final Set<Integer> UNAVAILABLE = Set.of(429, 502, 503, 504);

	private static final Duration WATCH_MARGIN = Duration.ofSeconds(5);

	private final ConfigClientProperties properties;

	private final ConfigClientRequestTemplateFactory credentials;

	private final HttpClient http;

	private final RemoteConfigCodec codec = new RemoteConfigCodec();

	/** The address that answered last, tried first. */
	private volatile int preferred;

	/**
	 * Creates a client.
	 * @param properties Spring Cloud Config's settings; addresses are read from it for
	 * each request, since discovery may change them
	 */
	public ConfigServerClient(ConfigClientProperties properties) {
		this.properties = properties;
		this.credentials = new ConfigClientRequestTemplateFactory(LogFactory.getLog(ConfigServerClient.class),
				properties);
		this.http = createHttpClient(properties);
	}

	private static HttpClient createHttpClient(ConfigClientProperties properties) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofMillis(Math.max(1, properties.getRequestConnectTimeout())));
		ProxySelector proxies = ProxySelector.getDefault();
		if (proxies != null) {
			builder.proxy(proxies);
		}
		if (properties.getTls().isEnabled()) {
			try {
				builder.sslContext(new SSLContextFactory(properties.getTls()).createSSLContext());
			}
			catch (GeneralSecurityException | IOException ex) {
				throw new IllegalStateException("spring.cloud.config.tls: cannot be used: " + ex.getMessage(), ex);
			}
		}
		return builder.build();
	}

	/**
	 * Where this client asks, without credentials.
	 * @return the addresses, by comma
	 */
	public String addresses() {
		StringBuilder addresses = new StringBuilder();
		for (int i = 0; i < this.properties.getUri().length; i++) {
			addresses.append((i > 0) ? "," : "").append(this.properties.getCredentials(i).getUri());
		}
		return addresses.toString();
	}

	/**
	 * What is asked for, as it appears in the path.
	 * @param profiles the profiles, by comma
	 * @return service, profiles and label
	 */
	public String target(String profiles) {
		String label = label();
		return this.properties.getName() + "/" + profiles + ((label != null) ? "/" + label : "");
	}

	/**
	 * Fetches what is served now.
	 * @param profiles the profiles, by comma
	 * @return the served set
	 * @throws IOException if no address answers in time
	 * @throws ConfigRefusedException if an address answers and does not serve
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public RemoteConfig fetch(String profiles) throws IOException, ConfigRefusedException, InterruptedException {
		Duration timeout = Duration.ofMillis(this.properties.getRequestReadTimeout());
		HttpResponse<String> response = send("", profiles, "", this.properties.getMediaType(), timeout);
		if (response.statusCode() != 200) {
			throw new ConfigRefusedException(reason(response));
		}
		try {
			return this.codec.read(response.body());
		}
		catch (IllegalArgumentException ex) {
			throw new ConfigRefusedException(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Waits until something other than the given revision is served.
	 * @param profiles the profiles, by comma
	 * @param revision the known revision, or {@code null} to be told the present one at
	 * once
	 * @param wait longest wait
	 * @return the answer
	 * @throws IOException if no address answers in time
	 * @throws ConfigRefusedException if an address answers and does not serve
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public ConfigWatchAnswer awaitChange(String profiles, @Nullable String revision, Duration wait)
			throws IOException, ConfigRefusedException, InterruptedException {
		String query = "?wait=" + wait.toMillis() + "ms" + ((revision != null) ? "&revision=" + revision : "");
		HttpResponse<String> response = send("/governance/watch", profiles, query, "application/json",
				wait.plus(WATCH_MARGIN));
		return switch (response.statusCode()) {
			case 200 -> changed(response);
			case 304 -> new ConfigWatchAnswer(Kind.UNCHANGED, revision);
			case 404, 405 -> new ConfigWatchAnswer(Kind.NOT_SUPPORTED, null);
			default -> throw new ConfigRefusedException(reason(response));
		};
	}

	private ConfigWatchAnswer changed(HttpResponse<String> response) {
		String revision = this.codec.field(response.body(), "revision");
		// a server without the watch may take the path for something else that it serves
		return (revision != null) ? new ConfigWatchAnswer(Kind.CHANGED, revision)
				: new ConfigWatchAnswer(Kind.NOT_SUPPORTED, null);
	}

	private HttpResponse<String> send(String prefix, String profiles, String query, String accept, Duration timeout)
			throws IOException, InterruptedException {
		int count = this.properties.getUri().length;
		int first = this.preferred;
		IOException failure = new IOException("spring.cloud.config.uri names no address");
		for (int i = 0; i < count; i++) {
			int index = (first + i) % count;
			try {
				HttpResponse<String> response = exchange(request(index, prefix, profiles, query, accept, timeout),
						timeout);
				if (!UNAVAILABLE.contains(response.statusCode())) {
					this.preferred = index;
					return response;
				}
				failure = new IOException(reason(response));
			}
			catch (IOException ex) {
				failure = ex;
			}
		}
		throw failure;
	}

	private HttpRequest request(int index, String prefix, String profiles, String query, String accept,
			Duration timeout) {
		Credentials credential = this.properties.getCredentials(index);
		UriComponentsBuilder uri = UriComponentsBuilder.fromUriString(credential.getUri())
			.path(prefix)
			.pathSegment(this.properties.getName(), profiles);
		String label = label();
		if (label != null) {
			uri.pathSegment(Environment.denormalize(label));
		}
		HttpHeaders headers = new HttpHeaders();
		this.properties.getHeaders().forEach(headers::set);
		headers.remove(ConfigClientProperties.AUTHORIZATION);
		this.credentials.addAuthorizationToken(headers, credential.getUsername(), credential.getPassword());
		if (StringUtils.hasText(this.properties.getToken())) {
			headers.set(ConfigClientProperties.TOKEN_HEADER, this.properties.getToken());
		}
		headers.set(HttpHeaders.ACCEPT, accept);
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri.encode().toUriString() + query))
			.timeout(timeout);
		headers.forEach((name, values) -> values.forEach((value) -> request.header(name, value)));
		return request.build();
	}

	/**
	 * The JDK's own time-out ends with the headers; this one covers the body too.
	 */
	private HttpResponse<String> exchange(HttpRequest request, Duration timeout)
			throws IOException, InterruptedException {
		CompletableFuture<HttpResponse<String>> response = this.http.sendAsync(request, BodyHandlers.ofString());
		try {
			return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new InterruptedIOException("no answer within " + timeout.toMillis() + "ms");
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			throw new IOException((cause instanceof ConnectException) ? "cannot connect" : String.valueOf(cause),
					cause);
		}
		finally {
			response.cancel(true);
		}
	}

	private String reason(HttpResponse<String> response) {
		String detail = this.codec.field(response.body(), "detail");
		return "status " + response.statusCode() + ((detail != null) ? ": " + detail : "");
	}

	private @Nullable String label() {
		String label = this.properties.getLabel();
		if (!StringUtils.hasText(label)) {
			return null;
		}
		return this.properties.isSendAllLabels() ? label.strip() : label.split(",")[0].strip();
	}

}
