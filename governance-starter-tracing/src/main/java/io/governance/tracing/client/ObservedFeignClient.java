// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import feign.Client;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.RequestReplySenderContext;
import org.springframework.http.HttpStatus;

/**
 * A Feign client with an observation around each request, named and tagged like those of
 * Spring's clients, so that one meter holds them all.
 */
final class ObservedFeignClient implements Client {

	private static final String NAME = "http.client.requests";

	private final Client delegate;

	private final ObservationRegistry registry;

	ObservedFeignClient(Client delegate, ObservationRegistry registry) {
		this.delegate = delegate;
		this.registry = registry;
	}

	@Override
	@SuppressWarnings("try")
	public Response execute(Request request, Request.Options options) throws IOException {
		if (this.registry.isNoop()) {
			return this.delegate.execute(request, options);
		}
		Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(request.headers());
		RequestReplySenderContext<Map<String, Collection<String>>, Response> context = new RequestReplySenderContext<>(
				(carrier, name, value) -> headers.put(name, List.of(value)));
		context.setCarrier(headers);
		String host = host(request);
		context.setRemoteServiceName(host);
		Observation observation = Observation.createNotStarted(NAME, () -> context, this.registry)
			.contextualName("http " + request.httpMethod().name().toLowerCase(Locale.ROOT))
			.lowCardinalityKeyValues(KeyValues.of("method", request.httpMethod().name(), "uri", template(request),
					"client.name", host, "status", "CLIENT_ERROR", "outcome", "UNKNOWN", "exception", "none"))
			.start();
		try (Observation.Scope scope = observation.openScope()) {
			Response response = this.delegate.execute(with(headers, request), options);
			context.setResponse(response);
			observation.lowCardinalityKeyValues(
					KeyValues.of("status", Integer.toString(response.status()), "outcome", outcome(response.status())));
			return response;
		}
		catch (IOException | RuntimeException | Error ex) {
			observation.lowCardinalityKeyValue("exception", ex.getClass().getSimpleName());
			observation.error(ex);
			throw ex;
		}
		finally {
			observation.stop();
		}
	}

	/**
	 * Whether a URL can be called is for the client to say.
	 */
	private static String host(Request request) {
		try {
			String host = new URI(request.url()).getHost();
			return (host != null) ? host : "none";
		}
		catch (URISyntaxException ex) {
			return "none";
		}
	}

	private static Request with(Map<String, Collection<String>> headers, Request request) {
		return Request.create(request.httpMethod(), request.url(), headers, request.body(), request.charset(),
				request.requestTemplate());
	}

	/**
	 * The path as it is declared: with values in it there would be a meter for each.
	 */
	private static String template(Request request) {
		RequestTemplate template = request.requestTemplate();
		return (template != null && template.methodMetadata() != null) ? template.methodMetadata().template().path()
				: "none";
	}

	private static String outcome(int status) {
		HttpStatus.Series series = HttpStatus.Series.resolve(status);
		return (series == null) ? "UNKNOWN" : (series == HttpStatus.Series.SUCCESSFUL) ? "SUCCESS" : series.name();
	}

}
