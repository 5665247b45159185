// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.Map;

import io.governance.policy.Enforcement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Part of {@link InboundContract}: what the caller says reaches the handler, as far as
 * the caller is trusted.
 */
interface InboundContextContract {

	/** What a caller may say about a call. */
	String[] HEADERS = { "x-governance-timeout-ms", "1500", "x-governance-attempt", "2", "x-governance-caller",
			"storefront", "x-governance-priority", "critical" };

	/** How {@link #HEADERS} look in the handler. */
	String DESCRIBED = "left=1500 attempt=2 caller=storefront priority=critical";

	/** How a context looks that nobody said anything for. */
	String NOTHING = "left=none attempt=1 caller=null priority=default";

	/**
	 * The running server.
	 * @return the fixture
	 */
	InboundFixture fixture();

	/**
	 * A server with properties of its own, to be closed by who asks for it.
	 * @param properties the properties
	 * @return the fixture
	 */
	InboundFixture fixtureWith(Map<String, String> properties);

	@Test
	default void theHandlerSeesWhatATrustedCallerSays() {
		fixture().apply();
		assertThat(fixture().get("/context", HEADERS).body()).isEqualTo(DESCRIBED);
	}

	@Test
	default void theContextIsThereInAsynchronousWork() {
		fixture().apply();
		assertThat(fixture().get("/async", HEADERS).body()).isEqualTo(DESCRIBED);
	}

	@Test
	default void theContextOfOneCallIsNotSeenByTheNext() {
		fixture().apply();
		for (int i = 0; i < 20; i++) {
			fixture().get("/context", HEADERS);
			fixture().get("/async", HEADERS);
			assertThat(fixture().get("/context").body()).isEqualTo(NOTHING);
			assertThat(fixture().get("/async").body()).isEqualTo(NOTHING);
		}
	}

	@Test
	default void malformedHeadersCountAsAbsent() {
		fixture().apply();
		assertThat(fixture()
			.get("/context", "x-governance-timeout-ms", "soon", "x-governance-attempt", "99999999999999999999",
					"x-governance-caller", "x".repeat(500), "x-governance-priority", "vip")
			.body()).isEqualTo(NOTHING);
	}

	@Test
	default void aTimeoutRuleLowersTheDeadlineAndNeverRaisesIt() {
		fixture().apply(InboundFixture.timeout(Duration.ofMillis(700), Enforcement.ENFORCED));
		assertThat(fixture().get("/context").body()).startsWith("left=700 ");
		assertThat(fixture().get("/context", "x-governance-timeout-ms", "5000").body()).startsWith("left=700 ");
		assertThat(fixture().get("/context", "x-governance-timeout-ms", "300").body()).startsWith("left=300 ");
	}

	@Test
	default void whatAnUntrustedCallerSaysIsIgnored() {
		try (InboundFixture untrusting = fixtureWith(Map.of("governance.trusted-callers", "203.0.113.0/24"))) {
			assertThat(untrusting.get("/context", HEADERS).body()).isEqualTo(NOTHING);
			assertThat(untrusting.get("/hello", "x-governance-timeout-ms", "0").statusCode()).isEqualTo(200);
		}
	}

}
