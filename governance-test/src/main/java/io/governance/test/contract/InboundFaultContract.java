// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Stage;
import io.governance.policy.fault.FaultRule;
import io.governance.policy.fault.FaultRuleType;
import io.governance.rule.RuleDefinition;
import io.governance.test.ProbeRuleType;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Part of {@link InboundContract}: faults on purpose.
 */
interface InboundFaultContract {

	/**
	 * The running server.
	 * @return the fixture
	 */
	InboundFixture fixture();

	private static RuleDefinition<?> fault(@Nullable Duration delay, @Nullable String abort, @Nullable Instant until,
			Enforcement enforcement) {
		Match inbound = new Match(Direction.INBOUND, null, List.of(), "/hello", List.of(), Map.of(), Map.of(), null,
				Map.of());
		return InboundFixture.define(new FaultRuleType(), "one", new FaultRule(inbound, enforcement, 0, delay, null,
				(abort != null) ? Abort.parse(abort) : null, null, 100.0, until));
	}

	private static RuleDefinition<?> abort(String abort) {
		return fault(null, abort, null, Enforcement.ENFORCED);
	}

	@Test
	default void anInjectedStatusIsAProblemThatSaysSoAndPromisesNothing() {
		fixture().apply(abort("418"));
		HttpResponse<String> response = fixture().get("/hello");
		assertThat(response.statusCode()).isEqualTo(418);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("\"reason\":\"fault\"", "\"rule\":\"fault/one\"", "\"status\":418");
		assertThat(response.headers().firstValue("x-governance-not-processed")).isEmpty();
		assertThat(fixture().get("/context").statusCode()).isEqualTo(200);
	}

	@Test
	default void anInjectedStatusGivesBackWhatTheCallHeld() {
		ProbeRuleType edge = new ProbeRuleType(Stage.LOAD_SHEDDING);
		ProbeRuleType identified = new ProbeRuleType(Stage.IDENTIFIED_RATE_LIMIT);
		fixture().apply(InboundFixture.probing(edge), InboundFixture.probing(identified), abort("503"));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(503);
		assertThat(edge.nextRelease().kind()).isEqualTo(Outcome.Kind.REJECTED);
		assertThat(identified.nextRelease().kind()).isEqualTo(Outcome.Kind.REJECTED);
		assertThat(edge.held() + identified.held()).isZero();
	}

	@Test
	default void aDelayHoldsTheCallUpAndThenItIsAnswered() {
		fixture().apply(fault(Duration.ofMillis(30), null, null, Enforcement.ENFORCED));
		TimeSource real = TimeSource.system();
		long start = real.nanoTime();
		assertThat(fixture().get("/hello").body()).isEqualTo("hello");
		assertThat(real.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
	}

	@Test
	default void aDelayComesBeforeAnInjectedStatus() {
		fixture().apply(fault(Duration.ofMillis(30), "500", null, Enforcement.ENFORCED));
		TimeSource real = TimeSource.system();
		long start = real.nanoTime();
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(500);
		assertThat(real.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
	}

	@Test
	default void aDelayBeyondTheDeadlineLastsUntilThenAndNotLonger() {
		fixture().apply(fault(Duration.ofMinutes(10), null, null, Enforcement.ENFORCED));
		TimeSource real = TimeSource.system();
		long start = real.nanoTime();
		HttpResponse<String> response = fixture().get("/hello", "x-governance-timeout-ms", "100");
		assertThat(response.statusCode()).isEqualTo(504);
		assertThat(response.body()).contains("\"reason\":\"deadline-exceeded\"");
		assertThat(real.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(100).toNanos());
	}

	@Test
	default void aFaultEndsByItself() {
		Instant end = Instant.ofEpochMilli(fixture().time().epochMillis()).plusSeconds(5);
		fixture().apply(fault(null, "503", end, Enforcement.ENFORCED));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(503);
		fixture().time().advance(Duration.ofSeconds(5));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
	}

	@Test
	default void aFaultInShadowDoesNotAct() {
		fixture().apply(fault(Duration.ofMinutes(10), "503", null, Enforcement.SHADOW));
		assertThat(fixture().get("/hello").statusCode()).isEqualTo(200);
		assertThat(fixture().server().engine().effectiveRules().get(0).state()).endsWith("hit 1 of 1");
	}

	@Test
	default void whomSecurityTurnsAwayMeetsNoFault() {
		Match inbound = new Match(Direction.INBOUND, null, List.of(), null, List.of(), Map.of(), Map.of(), null,
				Map.of());
		fixture().apply(InboundFixture.define(new FaultRuleType(), "one",
				new FaultRule(inbound, Enforcement.ENFORCED, 0, null, null, Abort.parse("503"), null, 100.0, null)));
		assertThat(fixture().get("/me").statusCode()).isEqualTo(401);
	}

}
