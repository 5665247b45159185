// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Enforcement;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.Stage;
import io.governance.test.ProbeRuleType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Part of {@link InboundContract}: what the caller of a rejected call gets to see.
 */
interface InboundAnswerContract {

	/** What the handler of {@code /rejected} throws. */
	CallRejectedException REJECTED = new CallRejectedException("inventory",
			new Rejection(Reason.CIRCUIT_OPEN, "circuit-breaker/inventory", TimeUnit.MILLISECONDS.toNanos(2100)));

	/** The origin that {@code /cors} allows. */
	String ALLOWED = "https://app.example";

	/**
	 * The running server.
	 * @return the fixture
	 */
	InboundFixture fixture();

	private HttpResponse<String> rejected(String path, String... headers) {
		fixture().apply(InboundFixture.limit(1, path, null, Enforcement.ENFORCED));
		fixture().get(path);
		return fixture().get(path, headers);
	}

	@Test
	default void aRejectionIsAProblemThatNamesTheRule() {
		HttpResponse<String> response = rejected("/hello");
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(response.headers().firstValue("retry-after")).hasValue("10");
		assertThat(response.headers().firstValue("x-governance-not-processed")).isEmpty();
		assertThat(response.body()).isEqualTo(
				"{\"type\":\"urn:governance:rejection:rate-limited\"," + "\"title\":\"Rate limited\",\"status\":429,"
						+ "\"detail\":\"The call was rejected by the rule rate-limit/limit.\","
						+ "\"rule\":\"rate-limit/limit\",\"reason\":\"rate-limited\"}");
	}

	@Test
	default void aRejectionThatIsSafeToRetryElsewhereSaysSo() {
		ProbeRuleType probe = new ProbeRuleType(Stage.LOAD_SHEDDING);
		probe.reject(Reason.OVERLOADED);
		fixture().apply(InboundFixture.probing(probe));
		HttpResponse<String> response = fixture().get("/hello");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("x-governance-not-processed")).hasValue("true");
		assertThat(response.headers().firstValue("retry-after")).isEmpty();
		assertThat(response.body()).contains("\"rule\":\"probe-load-shedding/probe\"");
	}

	@Test
	default void aRejectionByALimitTellsOfTheQuota() {
		HttpResponse<String> response = rejected("/hello");
		assertThat(response.headers().allValues("ratelimit-policy")).containsExactly("\"limit\";q=1;w=10");
		assertThat(response.headers().allValues("ratelimit")).containsExactly("\"limit\";r=0;t=10");
	}

	@Test
	default void anAdmittedCallIsToldOfItsQuotasIfTheirRulesSaySo() {
		fixture().apply();
		fixture().apply(InboundFixture.limit(9, null, null, Enforcement.ENFORCED),
				InboundFixture.telling("a", "caller", Enforcement.ENFORCED),
				InboundFixture.telling("b", "client-ip", Enforcement.ENFORCED),
				InboundFixture.telling("c", "principal", Enforcement.ENFORCED),
				InboundFixture.telling("d", "caller", Enforcement.SHADOW));
		fixture().get("/hello");
		HttpHeaders told = fixture().get("/hello").headers();
		assertThat(String.join(", ", told.allValues("ratelimit-policy")))
			.isEqualTo("\"a\";q=5;w=10, \"b\";q=5;w=10, \"c\";q=5;w=10");
		assertThat(String.join(", ", told.allValues("ratelimit")))
			.isEqualTo("\"a\";r=3;t=4, \"b\";r=3;t=4, \"c\";r=3;t=4");
	}

	@Test
	default void aRejectionTellsOfTheQuotaThatIsUsedUpOnly() {
		fixture().apply(InboundFixture.telling("a", "caller", Enforcement.ENFORCED),
				InboundFixture.limit(1, null, "principal", Enforcement.ENFORCED));
		fixture().get("/hello");
		HttpHeaders told = fixture().get("/hello").headers();
		assertThat(told.allValues("ratelimit-policy")).containsExactly("\"limit\";q=1;w=10");
		assertThat(told.allValues("ratelimit")).containsExactly("\"limit\";r=0;t=10");
	}

	@Test
	default void mostLimitsTellAdmittedCallsNothing() {
		fixture().apply(InboundFixture.limit(9, null, null, Enforcement.ENFORCED));
		assertThat(fixture().get("/hello").headers().map()).doesNotContainKeys("ratelimit", "ratelimit-policy");
	}

	@Test
	default void aRejectedHeadRequestGetsNoBody() {
		rejected("/hello");
		HttpResponse<String> response = fixture()
			.send(fixture().request("/hello").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.body()).isEmpty();
	}

	@Test
	default void aRejectionAtTheEdgeCarriesCorsHeaders() {
		HttpResponse<String> response = rejected("/cors", "Origin", ALLOWED);
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().allValues("access-control-allow-origin")).containsExactly(ALLOWED);
	}

	@Test
	default void anOriginThatIsNotAllowedGetsNoCorsHeaders() {
		HttpResponse<String> response = rejected("/cors", "Origin", "https://evil.example");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().firstValue("access-control-allow-origin")).isEmpty();
	}

	@Test
	default void aPreflightIsAnsweredAlsoWhenTheLimitIsUsedUp() {
		rejected("/cors");
		HttpResponse<String> response = fixture()
			.send(fixture().request("/cors", "Origin", ALLOWED, "Access-Control-Request-Method", "GET")
				.method("OPTIONS", BodyPublishers.noBody())
				.build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().allValues("access-control-allow-origin")).containsExactly(ALLOWED);
	}

	@Test
	default void anEscapedRejectionOfAnInnerCallIsAProblemThatPromisesNothing() {
		fixture().apply();
		HttpResponse<String> response = fixture().get("/rejected");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(response.headers().firstValue("retry-after")).hasValue("3");
		assertThat(response.headers().firstValue("x-governance-not-processed")).isEmpty();
		assertThat(response.body()).contains("\"reason\":\"circuit-open\"", "circuit-breaker/inventory");
	}

	@Test
	default void theApplicationsOwnExceptionHandlerComesFirst() {
		fixture().apply();
		assertThat(fixture().get("/rejected-handled").statusCode()).isEqualTo(418);
	}

}
