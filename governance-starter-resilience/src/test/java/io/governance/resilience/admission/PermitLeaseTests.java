// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.governance.engine.PolicyEngine;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Segment;
import io.governance.policy.Stage;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.FakeCall;
import io.governance.test.ManualTimeSource;
import io.governance.test.ProbeRule;
import io.governance.test.ProbeRuleType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PermitLease}.
 */
class PermitLeaseTests {

	private static final Outcome OK = Outcome.response(200, false, 1);

	private final List<Outcome> releases = new ArrayList<>();

	private final Permit permit = this.releases::add;

	@Test
	void whoComesFirstGivesThePermitBack() {
		PermitLease lease = new PermitLease(this.permit);
		lease.release(OK);
		lease.cancel();
		assertThat(this.releases).containsExactly(OK);
		assertThat(lease.take()).isSameAs(Permit.NONE);
	}

	@Test
	void whatWasTakenOverIsNotGivenBackHere() {
		PermitLease lease = new PermitLease(this.permit);
		Permit taken = lease.take();
		lease.cancel();
		assertThat(this.releases).isEmpty();
		taken.release(OK);
		assertThat(this.releases).containsExactly(OK);
	}

	@Test
	void anAbandonedDecisionGivesItsPermitBack() {
		PermitLease.abandon(new Decision.Admitted(this.permit));
		PermitLease.abandon(new Decision.Delayed(this.permit, 5));
		PermitLease.abandon(pending(CompletableFuture.completedFuture(new Decision.Admitted(this.permit))));
		assertThat(this.releases).extracting(Outcome::kind)
			.containsExactly(Outcome.Kind.CANCELLED, Outcome.Kind.CANCELLED, Outcome.Kind.CANCELLED);
	}

	@Test
	void anAbandonedAnswerIsCancelled() {
		CompletableFuture<Decision> answer = new CompletableFuture<>();
		PermitLease.abandon(pending(answer));
		assertThat(answer).isCancelled();
	}

	@Test
	void anAbandonedAnswerThatFailedHoldsNothing() {
		CompletableFuture<Decision> answer = CompletableFuture.failedFuture(new IllegalStateException("broken"));
		PermitLease.abandon(pending(answer));
		assertThat(this.releases).isEmpty();
	}

	@Test
	void whatTheEngineHoldsAlreadyIsGivenBackAtOnceAndWhatComesLaterToo() {
		ProbeRuleType first = new ProbeRuleType(Stage.CIRCUIT_BREAKER);
		ProbeRuleType second = new ProbeRuleType(Stage.BULKHEAD);
		CompletableFuture<Decision> late = new CompletableFuture<>();
		CompletableFuture<Permit> latePermit = new CompletableFuture<>();
		second.answer((held) -> {
			latePermit.complete(held);
			return pending(late);
		});
		PermitLease.abandon(engine(first, second).tryAcquire(Segment.ATTEMPT, FakeCall.to("inventory")));
		assertThat(first.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(second.held()).isEqualTo(1);
		late.complete(new Decision.Admitted(latePermit.join()));
		assertThat(second.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(first.releases()).hasSize(1);
	}

	private static Decision.Pending pending(CompletableFuture<Decision> answer) {
		return new Decision.Pending(answer, Duration.ofMinutes(1).toNanos());
	}

	private static PolicyEngine engine(ProbeRuleType... types) {
		PolicyEngine engine = new PolicyEngine("orders", new ManualTimeSource(), () -> 0L);
		List<RuleDefinition<?>> rules = new ArrayList<>();
		for (ProbeRuleType type : types) {
			rules.add(new RuleDefinition<>(type, "probe", ProbeRule.any(), "test"));
		}
		engine.apply(new RuleSet("test", rules, EnforcementOverrides.NONE));
		return engine;
	}

}
