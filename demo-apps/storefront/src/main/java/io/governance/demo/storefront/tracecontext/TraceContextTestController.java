// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.List;

import io.governance.time.TimeSource;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the calls that it is told to make, one after the other, each with its arguments
 * as the body. A call that fails is reported and does not stop the others.
 */
@RestController
@ConditionalOnBooleanProperty("demo.trace-context-test.enabled")
final class TraceContextTestController {

	static final int MAX_BODY = 65_536;

	/** For all calls of a request together: it holds a thread all the while. */
	static final Duration DEADLINE = Duration.ofSeconds(30);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

	/** No call begins that may last beyond the deadline. */
	private static final Duration LAST_CALL = DEADLINE.minus(CONNECT_TIMEOUT).minus(READ_TIMEOUT);

	private final RestClient client;

	private final JsonMapper mapper;

	private final TimeSource time;

	TraceContextTestController(RestClientBuilderConfigurer configurer, JsonMapper mapper, TimeSource time) {
		// The factory comes after the configurer: neither rules nor redirects may change
		// what is called
		this.client = configurer.configure(RestClient.builder()).requestFactory(requestFactory()).build();
		this.mapper = mapper;
		this.time = time;
	}

	@PostMapping(path = "/test", consumes = MediaType.APPLICATION_JSON_VALUE)
	List<CallResult> call(InputStream body) throws IOException {
		byte[] bytes = body.readNBytes(MAX_BODY + 1);
		if (bytes.length > MAX_BODY) {
			throw new RefusedCallException("body: more than " + MAX_BODY + " bytes (expected: no more)");
		}
		long last = this.time.nanoTime() + LAST_CALL.toNanos();
		return RequestedCall.listOf(this.mapper.readTree(bytes)).stream().map((call) -> call(call, last)).toList();
	}

	@ExceptionHandler
	ProblemDetail refused(RefusedCallException refusal) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, refusal.getMessage());
	}

	@ExceptionHandler
	ProblemDetail noJson(JacksonException error) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "body: no JSON (expected: a list of calls)");
	}

	private CallResult call(RequestedCall call, long last) {
		boolean late = this.time.nanoTime() - last > 0;
		return new CallResult(call.uri().toString(), late ? "failed: no time is left" : outcome(call));
	}

	private String outcome(RequestedCall call) {
		try {
			return this.client.post()
				.uri(call.uri())
				.contentType(MediaType.APPLICATION_JSON)
				.body(this.mapper.writeValueAsBytes(call.body()))
				.exchange((request, response) -> String.valueOf(response.getStatusCode().value()));
		}
		catch (RestClientException ex) {
			return "failed: " + ex.getClass().getSimpleName();
		}
	}

	private static JdkClientHttpRequestFactory requestFactory() {
		HttpClient http = HttpClient.newBuilder()
			.version(Version.HTTP_1_1)
			.followRedirects(Redirect.NEVER)
			.connectTimeout(CONNECT_TIMEOUT)
			// an address on this machine means this machine
			.proxy(HttpClient.Builder.NO_PROXY)
			.build();
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(http);
		factory.setReadTimeout(READ_TIMEOUT);
		return factory;
	}

}
