// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Segment;
import io.governance.test.FakeCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Part of {@link InboundContract}: how many calls at a time.
 */
interface InboundBulkheadContract {

	/** All calls that do not say who they are share this key. */
	String SHARED_KEY = "header:x-nobody-sends-this";

	/**
	 * The running server.
	 * @return the fixture
	 */
	InboundFixture fixture();

	private BulkheadHold full(String key, Segment segment, FakeCall call, Duration maxWait) {
		Match inbound = new Match(Direction.INBOUND, null, List.of(), null, List.of(), Map.of(), Map.of(), null,
				Map.of());
		// a new bulkhead: in that of the test before, a call may not be over that was
		// answered
		fixture().apply();
		fixture().apply(BulkheadHold.rule(inbound, key, Enforcement.ENFORCED, maxWait));
		return new BulkheadHold(fixture().server().engine(), segment, call);
	}

	private BulkheadHold full(Duration maxWait) {
		return full(SHARED_KEY, Segment.EDGE, FakeCall.at("orders"), maxWait);
	}

	@Test
	default void aBulkheadWithoutRoomIsARejectionThatIsSafeToRetryElsewhere() {
		try (BulkheadHold hold = full(Duration.ZERO)) {
			HttpResponse<String> response = fixture().get("/hello");
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.body()).contains("\"reason\":\"bulkhead-full\"", "\"rule\":\"bulkhead/one\"");
			assertThat(response.headers().firstValue("x-governance-not-processed")).isPresent();
			hold.close();
		}
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
	}

	@Test
	default void aStreamHoldsItsPlaceInTheBulkheadUntilItsEnd() throws IOException {
		full(Duration.ZERO).close();
		fixture().gate().shut();
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(fixture().open("/stream").body(), StandardCharsets.UTF_8))) {
			assertThat(lines.readLine()).isEqualTo("first");
			assertThat(fixture().get("/hello").statusCode()).isEqualTo(503);
			fixture().gate().open();
			assertThat(lines.readLine()).isEqualTo("last");
			assertThat(lines.readLine()).isNull();
		}
	}

	@Test
	default void aCallThatWaitsForABulkheadIsAnsweredWhenAnotherOneHasEnded() {
		try (BulkheadHold hold = full(Duration.ofSeconds(30))) {
			HttpResponse<String> response = hold.releasedWhenItWaits(() -> fixture().get("/hello"));
			assertThat(response.body()).isEqualTo("hello");
			assertThat(hold.counted("queued", "none")).isEqualTo(1);
		}
	}

	@Test
	default void aCallThatWaitsForABulkheadInVainIsRejectedByItsRule() {
		try (BulkheadHold hold = full(Duration.ofMillis(20))) {
			HttpResponse<String> response = fixture().get("/hello");
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.body()).contains("\"reason\":\"bulkhead-full\"", "\"rule\":\"bulkhead/one\"");
			assertThat(hold.state()).isEqualTo("=1/1+0/1");
		}
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
	}

	@Test
	default void aBulkheadPerPrincipalTellsPrincipalsApart() {
		try (BulkheadHold hold = full("principal", Segment.IDENTIFIED, FakeCall.at("orders").principal("alice"),
				Duration.ZERO)) {
			assertThat(fixture().get("/me", "Authorization", basic("alice")).statusCode()).isEqualTo(503);
			assertThat(fixture().get("/me", "Authorization", basic("bob")).statusCode()).isEqualTo(200);
			hold.close();
			assertThat(fixture().get("/me", "Authorization", basic("alice")).statusCode()).isEqualTo(200);
		}
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
	}

}
