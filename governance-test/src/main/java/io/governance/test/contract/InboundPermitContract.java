// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Stage;
import io.governance.test.ProbeRuleType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Part of {@link InboundContract}: what an admitted call holds is given back exactly
 * once, however the call ends.
 */
interface InboundPermitContract {

	/**
	 * The running server.
	 * @return the fixture
	 */
	InboundFixture fixture();

	private ProbeRuleType probe() {
		ProbeRuleType probe = new ProbeRuleType(Stage.CONCURRENCY_LIMIT);
		fixture().apply(InboundFixture.probing(probe));
		return probe;
	}

	/**
	 * After a further call came and went, no late second release of the first is left to
	 * come.
	 */
	private void assertReleasedOnce(ProbeRuleType probe) {
		fixture().get("/hello");
		probe.nextRelease();
		assertThat(probe.held()).isZero();
	}

	@Test
	default void thePermitIsReleasedOnSuccess() {
		ProbeRuleType probe = probe();
		fixture().get("/hello");
		Outcome outcome = probe.nextRelease();
		assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RESPONSE);
		assertThat(outcome.status()).isEqualTo(200);
		assertReleasedOnce(probe);
	}

	@Test
	default void thePermitIsReleasedWhenNoHandlerIsFound() {
		ProbeRuleType probe = probe();
		assertThat(fixture().get("/nothing-here").statusCode()).isEqualTo(404);
		assertThat(probe.nextRelease().status()).isEqualTo(404);
		assertReleasedOnce(probe);
	}

	@Test
	default void thePermitIsReleasedOnError() {
		ProbeRuleType probe = probe();
		assertThat(fixture().get("/fail").statusCode()).isEqualTo(500);
		assertThat(probe.nextRelease()).satisfies(
				(outcome) -> assertThat(outcome.kind() == Outcome.Kind.ERROR || outcome.status() == 500).isTrue());
		assertReleasedOnce(probe);
	}

	@Test
	default void thePermitIsReleasedAfterAnAsynchronousAnswer() {
		ProbeRuleType probe = probe();
		assertThat(fixture().get("/async").statusCode()).isEqualTo(200);
		assertThat(probe.nextRelease().status()).isEqualTo(200);
		assertReleasedOnce(probe);
	}

	@Test
	default void thePermitIsReleasedAtTheEndOfAStreamNotBefore() throws IOException {
		ProbeRuleType probe = probe();
		fixture().gate().shut();
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(fixture().open("/stream").body(), StandardCharsets.UTF_8))) {
			assertThat(lines.readLine()).isEqualTo("first");
			assertThat(probe.held()).isEqualTo(1);
			fixture().gate().open();
			assertThat(lines.readLine()).isEqualTo("last");
			assertThat(lines.readLine()).isNull();
		}
		assertThat(probe.nextRelease().status()).isEqualTo(200);
		assertReleasedOnce(probe);
	}

	@Test
	default void thePermitIsReleasedWhenTheClientGoesAway() throws IOException {
		ProbeRuleType probe = probe();
		try (InputStream body = fixture().open("/endless").body()) {
			assertThat(body.read()).isGreaterThanOrEqualTo(0);
			assertThat(probe.held()).isEqualTo(1);
		}
		assertThat(probe.nextRelease().kind()).isEqualTo(Outcome.Kind.CANCELLED);
		assertReleasedOnce(probe);
	}

	@Test
	default void thePermitOfAnEarlierRuleIsReleasedWhenALaterOneRejects() {
		ProbeRuleType probe = new ProbeRuleType(Stage.LOAD_SHEDDING);
		fixture().apply(InboundFixture.probing(probe), InboundFixture.limit(1, null, null, Enforcement.ENFORCED));
		fixture().get("/hello");
		assertThat(probe.nextRelease().kind()).isEqualTo(Outcome.Kind.RESPONSE);
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(429);
		assertThat(probe.nextRelease().kind()).isEqualTo(Outcome.Kind.REJECTED);
		assertThat(probe.held()).isZero();
	}

	@Test
	default void permitsOfBothSegmentsAreReleasedAtTheEndOfTheCall() {
		ProbeRuleType edge = new ProbeRuleType(Stage.LOAD_SHEDDING);
		ProbeRuleType identified = new ProbeRuleType(Stage.INBOUND_FAULT);
		fixture().apply(InboundFixture.probing(edge), InboundFixture.probing(identified));
		assertThat(fixture().get("/async").statusCode()).isEqualTo(200);
		assertThat(edge.nextRelease().status()).isEqualTo(200);
		assertThat(identified.nextRelease().status()).isEqualTo(200);
		assertThat(edge.calls()).hasSize(1);
		assertThat(identified.calls()).hasSize(1);
		assertReleasedOnce(edge);
	}

}
