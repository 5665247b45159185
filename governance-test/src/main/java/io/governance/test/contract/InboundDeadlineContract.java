// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.test.ProbeRuleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Part of {@link InboundContract}: nobody waits any more.
 */
interface InboundDeadlineContract {

	/** Milliseconds that the caller waits. */
	String TIMEOUT = "x-governance-timeout-ms";

	/**
	 * The running server.
	 * @return the fixture
	 */
	InboundFixture fixture();

	private static void assertTooLate(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(504);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("\"reason\":\"deadline-exceeded\"");
	}

	@Test
	default void aCallWhoseTimeIsUpIsNotRun() {
		ProbeRuleType probe = new ProbeRuleType(Stage.LOAD_SHEDDING);
		fixture().apply(InboundFixture.probing(probe));
		for (String left : List.of("0", "-5")) {
			assertTooLate(fixture().get("/hello", TIMEOUT, left));
		}
		assertThat(probe.calls()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/held", "/held-async" })
	default void aHandlerThatIsAtWorkWhenTheTimeIsUpIsAnsweredFor(String path) {
		ProbeRuleType probe = new ProbeRuleType(Stage.CONCURRENCY_LIMIT);
		fixture().apply(InboundFixture.probing(probe));
		fixture().gate().shut();
		HttpResponse<String> late = fixture().get(path, TIMEOUT, "100");
		fixture().gate().open();
		assertTooLate(late);
		assertThat(late.body()).as("no rule made it late").doesNotContain("timeout/");
		assertThat(probe.nextRelease().status()).isEqualTo(504);
		assertThat(fixture().get("/hello").body()).isEqualTo("hello");
		probe.nextRelease();
		assertThat(probe.held()).as("given back once").isZero();
	}

	@Test
	default void theTimeOfARuleIsKeptLikeThatOfACaller() {
		fixture().apply(InboundFixture.timeout(Duration.ofMillis(100), Enforcement.ENFORCED));
		fixture().gate().shut();
		HttpResponse<String> alone = fixture().get("/held");
		HttpResponse<String> shorter = fixture().get("/held", TIMEOUT, "60000");
		fixture().gate().open();
		for (HttpResponse<String> late : List.of(alone, shorter)) {
			assertTooLate(late);
			assertThat(late.body()).contains("\"rule\":\"timeout/total\"");
		}
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
	}

	@Test
	default void anAnswerWithinTheTimeIsLeftAlone() {
		fixture().apply();
		assertThat(fixture().get("/hello", TIMEOUT, "30000").body()).isEqualTo("hello");
		fixture().gate().open();
		assertThat(fixture().get("/held", TIMEOUT, "30000").body()).isEqualTo("late");
		assertThat(fixture().get("/held-async", TIMEOUT, "30000").body()).isEqualTo("late");
	}

	@Test
	default void aStreamIsNotEndedByADeadline() {
		fixture().apply();
		fixture().gate().shut();
		CompletableFuture<HttpResponse<String>> stream = CompletableFuture
			.supplyAsync(() -> fixture().get("/held-stream", TIMEOUT, "1000"));
		CompletableFuture<HttpResponse<String>> begun = CompletableFuture
			.supplyAsync(() -> fixture().get("/stream", TIMEOUT, "1000"));
		assertTooLate(fixture().get("/held", TIMEOUT, "1300"));
		fixture().gate().open();
		assertThat(stream.join().statusCode()).isEqualTo(200);
		assertThat(stream.join().body()).contains("late");
		assertThat(begun.join().body()).isEqualTo("first\nlast\n");
	}

	@Test
	default void aShadowedTimeIsNotKept() {
		fixture().apply(InboundFixture.timeout(Duration.ofMillis(1), Enforcement.SHADOW));
		fixture().gate().open();
		assertThat(fixture().get("/held").body()).isEqualTo("late");
	}

}
