// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

import io.governance.engine.DecisionCounter;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.rule.RuleDefinition;
import io.governance.test.ProbeRuleType;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Part of {@link InboundContract}: who gets in.
 */
interface InboundAdmissionContract {

	/**
	 * The running server.
	 * @return the fixture
	 */
	InboundFixture fixture();

	@Test
	default void withoutRulesCallsAreAnswered() {
		fixture().apply();
		assertThat(fixture().get("/hello").body()).isEqualTo("hello");
	}

	@Test
	default void callsWithinTheLimitAreAdmittedAndFurtherOnesRejected() {
		fixture().apply(InboundFixture.limit(2, "/hello", null, Enforcement.ENFORCED));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(429);
		assertThat(fixture().get("/context").statusCode()).isEqualTo(200);
	}

	@Test
	default void aShadowedLimitCountsAndNeverActs() {
		// another test's limit would hand its state on
		fixture().apply();
		fixture().apply(InboundFixture.limit(1, "/hello", null, Enforcement.SHADOW));
		fixture().get("/hello");
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
		DecisionCounter counter = fixture().server().engine().counters().get(0);
		assertThat(counter.counts().get(new DecisionCounter.Key("rejected", "rate-limited"))).hasToString("1");
	}

	@Test
	default void aLimitKeepsItsStateThroughAnUnrelatedChangeAndRecoversWithTime() {
		RuleDefinition<?> limit = InboundFixture.limit(1, "/hello", null, Enforcement.ENFORCED);
		fixture().apply(limit);
		fixture().get("/hello");
		fixture().apply(limit, InboundFixture.probing(new ProbeRuleType(Stage.LOAD_SHEDDING)));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(429);
		fixture().time().advance(Duration.ofSeconds(10));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
	}

	@Test
	default void aRemovedLimitActsNoMore() {
		fixture().apply(InboundFixture.limit(1, "/hello", null, Enforcement.ENFORCED));
		fixture().get("/hello");
		fixture().apply();
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
	}

	@Test
	default void aLimitPerPrincipalTellsPrincipalsApart() {
		fixture().apply(InboundFixture.limit(1, "/me", "principal", Enforcement.ENFORCED));
		assertThat(fixture().get("/me", "Authorization", basic("alice")).statusCode()).isEqualTo(200);
		assertThat(fixture().get("/me", "Authorization", basic("alice")).statusCode()).isEqualTo(429);
		assertThat(fixture().get("/me", "Authorization", basic("bob")).statusCode()).isEqualTo(200);
	}

	@Test
	default void whomSecurityTurnsAwayUsesUpNoPrincipalsLimit() {
		ProbeRuleType edge = new ProbeRuleType(Stage.LOAD_SHEDDING);
		ProbeRuleType identified = new ProbeRuleType(Stage.IDENTIFIED_RATE_LIMIT);
		fixture().apply(InboundFixture.probing(edge), InboundFixture.probing(identified));
		assertThat(fixture().get("/me").statusCode()).isEqualTo(401);
		assertThat(edge.calls()).hasSize(1);
		assertThat(identified.calls()).isEmpty();
	}

	@Test
	default void aLimitPerClientAddressGoesByTheConnectionNotByHeaders() {
		fixture().apply(InboundFixture.limit(1, "/hello", "client-ip", Enforcement.ENFORCED));
		assertThat(fixture().get("/hello", "X-Forwarded-For", "203.0.113.1").statusCode()).isEqualTo(200);
		assertThat(fixture().get("/hello", "X-Forwarded-For", "203.0.113.2").statusCode()).isEqualTo(429);
	}

	@Test
	default void aLimitPerQueryParameterLeavesTheQueryToTheHandler() {
		fixture().apply(InboundFixture.limit(1, "/hello", "query:user", Enforcement.ENFORCED));
		assertThat(fixture().get("/hello?user=a%20b").statusCode()).isEqualTo(200);
		assertThat(fixture().get("/hello?x=1&user=a+b").statusCode()).isEqualTo(429);
		assertThat(fixture().get("/hello?user=c").statusCode()).isEqualTo(200);
	}

	@Test
	default void aDelayedCallIsAnsweredAfterTheDelay() {
		ProbeRuleType probe = new ProbeRuleType(Stage.EDGE_RATE_LIMIT);
		probe.answer((permit) -> new Decision.Delayed(permit, Duration.ofMillis(20).toNanos()));
		fixture().apply(InboundFixture.probing(probe));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
		assertThat(probe.nextRelease().status()).isEqualTo(200);
	}

	@Test
	default void pacedCallsWaitForTheirTurnsAndAreRejectedIfThatIsTooLong() {
		fixture().apply(InboundFixture.paced(Duration.ofMillis(20), Duration.ofMillis(50)));
		TimeSource real = TimeSource.system();
		long start = real.nanoTime();
		// the server's clock stands still: these wait 0, 20 and 40 ms
		for (int i = 0; i < 3; i++) {
			assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
		}
		assertThat(real.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(60).toNanos());
		HttpResponse<String> rejected = fixture().get("/hello");
		assertThat(rejected.statusCode()).isEqualTo(429);
		assertThat(rejected.headers().firstValue("retry-after")).hasValue("1");
	}

	@Test
	default void aDelayBeyondTheDeadlineIsARejection() {
		ProbeRuleType probe = new ProbeRuleType(Stage.EDGE_RATE_LIMIT);
		probe.answer((permit) -> new Decision.Delayed(permit, Duration.ofSeconds(60).toNanos()));
		fixture().apply(InboundFixture.probing(probe));
		assertThat(fixture().get("/hello", "x-governance-timeout-ms", "500").statusCode()).isEqualTo(504);
		assertThat(probe.nextRelease().ignored()).isTrue();
	}

	@Test
	default void aDecisionMadeElsewhereIsAwaited() {
		ProbeRuleType probe = new ProbeRuleType(Stage.EDGE_RATE_LIMIT);
		probe
			.answer((permit) -> new Decision.Pending(CompletableFuture.supplyAsync(() -> new Decision.Admitted(permit)),
					Duration.ofSeconds(5).toNanos()));
		fixture().apply(InboundFixture.probing(probe));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
		assertThat(probe.nextRelease().status()).isEqualTo(200);
	}

	@Test
	default void aDecisionThatDoesNotComeInTimeIsARejectionAndALatePermitIsGivenBack() {
		ProbeRuleType probe = new ProbeRuleType(Stage.EDGE_RATE_LIMIT);
		CompletableFuture<Permit> asked = new CompletableFuture<>();
		CompletableFuture<Decision> late = new CompletableFuture<>();
		probe.answer((permit) -> {
			asked.complete(permit);
			return new Decision.Pending(late, Duration.ofMillis(20).toNanos());
		});
		fixture().apply(InboundFixture.probing(probe));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(503);
		late.complete(new Decision.Admitted(asked.join()));
		assertThat(probe.nextRelease().ignored()).isTrue();
		assertThat(probe.held()).isZero();
	}

	@Test
	default void aRejectionBehindSecurityIsARejectionTooAndGivesBackWhatTheEdgeHeld() {
		ProbeRuleType edge = new ProbeRuleType(Stage.LOAD_SHEDDING);
		ProbeRuleType identified = new ProbeRuleType(Stage.INBOUND_FAULT);
		identified.reject(Reason.OVERLOADED);
		fixture().apply(InboundFixture.probing(edge), InboundFixture.probing(identified));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(503);
		assertThat(edge.nextRelease().ignored()).isTrue();
		assertThat(edge.held()).isZero();
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
	}

}
