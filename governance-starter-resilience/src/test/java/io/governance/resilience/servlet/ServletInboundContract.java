// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import io.governance.test.contract.InboundContract;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The inbound contract, and what only a Servlet container has: handlers that begin
 * asynchronous processing themselves.
 */
abstract class ServletInboundContract extends InboundContract {

	static final String TIMEOUT_MILLIS = "x-governance-timeout-ms";

	/** The build runs this on a newer Java too, with virtual threads. */
	@Test
	void handlersRunOnTheThreadsThatTheApplicationChose() {
		assertThat(fixture().get("/virtual").body())
			.isEqualTo(System.getProperty("spring.threads.virtual.enabled", "false"));
	}

	@Test
	void aHandlerOfItsOwnThreadsIsAnsweredFor() {
		fixture().apply();
		fixture().gate().shut();
		HttpResponse<String> response = fixture().get("/own-threads", TIMEOUT_MILLIS, "100");
		fixture().gate().open();
		assertThat(response.statusCode()).isEqualTo(504);
		assertThat(response.body()).contains("deadline-exceeded").endsWith("}");
	}

	@Test
	void anAnswerThatOwnThreadsHaveBegunIsNotCutOff() throws IOException {
		fixture().apply();
		fixture().gate().shut();
		HttpRequest request = fixture().request("/own-threads?first=first", TIMEOUT_MILLIS, "1000").build();
		HttpResponse<InputStream> begun = fixture().send(request, BodyHandlers.ofInputStream());
		assertThat(fixture().get("/own-threads", TIMEOUT_MILLIS, "1200").statusCode()).isEqualTo(504);
		fixture().gate().open();
		try (InputStream body = begun.body()) {
			assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("firstlast");
		}
		assertThat(begun.statusCode()).isEqualTo(200);
	}

}
