// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.RuleDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingDecisionTests {

	private final EngineTestBed bed = new EngineTestBed();

	private final TestAdmissionType type = TestAdmissionType.additive("type");

	private final CompletableFuture<Decision> first = new CompletableFuture<>();

	private final CompletableFuture<Decision> second = new CompletableFuture<>();

	/** Priorities keep the written order; ids are texts with their places. */
	private void rules(TestRule... rules) {
		this.type.answer("p", new Decision.Pending(this.first, 100))
			.answer("q", new Decision.Pending(this.second, 900));
		RuleDefinition<?>[] definitions = new RuleDefinition<?>[rules.length];
		for (int i = 0; i < rules.length; i++) {
			definitions[i] = this.type.rule(rules[i].text() + i, rules[i].priority(-i));
		}
		this.bed.apply(definitions);
		this.type.takeJournal();
	}

	private void rules(String... texts) {
		rules(Stream.of(texts).map(TestRule::of).toArray(TestRule[]::new));
	}

	private Decision.Pending pending() {
		return (Decision.Pending) this.bed.call();
	}

	private static Decision answered(Decision.Pending pending) {
		CompletableFuture<Decision> answer = pending.stage().toCompletableFuture();
		assertThat(answer).isCompleted();
		return answer.join();
	}

	@Test
	void callersAreToldOfQuotasFromBeforeTheWaitToo() {
		Decision.Quota quota = new Decision.Quota("a", 10, 60, 3, 6);
		this.type.answer("a", new Decision.Admitted(new Permit() {

			@Override
			public void release(Outcome outcome) {
				// holds nothing
			}

			@Override
			public List<Decision.Quota> quotas() {
				return List.of(quota);
			}

		}));
		rules("a", "p");
		Decision.Pending pending = pending();
		this.first.complete(this.type.admitted("p"));
		assertThat(((Decision.Admitted) answered(pending)).permit().quotas()).containsExactly(quota);
	}

	@Test
	void answerResumesTheChain() {
		rules("a", "p", "c");
		Decision.Pending pending = pending();
		assertThat(pending.boundNanos()).isEqualTo(100);
		assertThat(pending.stage().toCompletableFuture()).isNotDone();
		assertThat(this.type.takeJournal()).containsExactly("ask a", "ask p");
		this.first.complete(this.type.admitted("p"));
		assertThat(this.type.takeJournal()).containsExactly("ask c");
		((Decision.Admitted) answered(pending)).permit().release(TestAdmissionType.ok());
		assertThat(this.type.takeJournal()).containsExactly("release c RESPONSE", "release p RESPONSE",
				"release a RESPONSE");
	}

	@Test
	void answerThatIsThereAlreadyIsTaken() {
		this.first.complete(Decision.ADMITTED);
		rules("p");
		assertThat(answered(pending())).isSameAs(Decision.ADMITTED);
	}

	@Test
	void rejectionGivesBackWhatIsHeld() {
		rules("a", "p", "c");
		Decision.Pending pending = pending();
		this.first.complete(TestAdmissionType.rejected());
		assertThat(answered(pending))
			.isEqualTo(new Decision.Rejected(new Rejection(TestAdmissionType.KNOWN, "type/p1", 5)));
		assertThat(this.type.takeJournal()).containsExactly("ask a", "ask p", "release a REJECTED");
	}

	@Test
	void laterRejectionGivesBackWhatCameLate() {
		this.type.answer("c", TestAdmissionType.rejected());
		rules("a", "p", "c");
		Decision.Pending pending = pending();
		this.first.complete(this.type.admitted("p"));
		assertThat(answered(pending)).isInstanceOf(Decision.Rejected.class);
		assertThat(this.type.takeJournal()).containsExactly("ask a", "ask p", "ask c", "release p REJECTED",
				"release a REJECTED");
	}

	@Test
	void failedAnswerAdmitsAndIsCounted() {
		rules("a", "p", "c");
		Decision.Pending pending = pending();
		this.first.completeExceptionally(new IllegalStateException("store away"));
		((Decision.Admitted) answered(pending)).permit().release(TestAdmissionType.ok());
		assertThat(this.type.takeJournal()).containsExactly("ask a", "ask p", "ask c", "release c RESPONSE",
				"release a RESPONSE");
		assertThat(this.bed.counted("p1", "failed")).isEqualTo(1);
		assertThat(this.bed.counted("p1", "admitted")).isZero();
	}

	@Test
	void emptyAnswerFailedToo() {
		rules("p");
		Decision.Pending pending = pending();
		this.first.complete(null);
		assertThat(answered(pending)).isSameAs(Decision.ADMITTED);
		assertThat(this.bed.counted("p0", "failed")).isEqualTo(1);
	}

	@Test
	void waitsFromBeforeAndAfterTheAnswerCount() {
		this.type.answer("a", new Decision.Delayed(this.type.permit("a"), 70))
			.answer("c", new Decision.Delayed(this.type.permit("c"), 30));
		rules("a", "p", "c");
		Decision.Pending pending = pending();
		this.first.complete(new Decision.Delayed(this.type.permit("p"), 50));
		assertThat(((Decision.Delayed) answered(pending)).waitNanos()).isEqualTo(70);
	}

	@Test
	void twoPendingDecisionsAreOneForWhoeverWaits() {
		rules("p", "b", "q", "d");
		Decision.Pending pending = pending();
		this.first.complete(this.type.admitted("p"));
		assertThat(pending.stage().toCompletableFuture()).isNotDone();
		this.second.complete(this.type.admitted("q"));
		((Decision.Admitted) answered(pending)).permit().release(TestAdmissionType.ok());
		assertThat(this.type.takeJournal()).containsExactly("ask p", "ask b", "ask q", "ask d", "release d RESPONSE",
				"release q RESPONSE", "release b RESPONSE", "release p RESPONSE");
	}

	@Test
	void givingUpGivesBackWhatIsHeldEvenIfTheAnswerNeverComes() {
		rules("a", "p", "c");
		pending().stage().toCompletableFuture().cancel(false);
		assertThat(this.type.takeJournal()).containsExactly("ask a", "ask p", "release a CANCELLED");
	}

	@Test
	void lateAnswerIsGivenBackAndAsksNobodyElse() {
		rules("a", "p", "c");
		pending().stage().toCompletableFuture().cancel(false);
		this.type.takeJournal();
		this.first.complete(this.type.admitted("p"));
		assertThat(this.type.takeJournal()).containsExactly("release p CANCELLED");
		assertThat(this.bed.counted("p1", "admitted")).isEqualTo(1);
	}

	@Test
	void lateDelayedAnswerIsGivenBack() {
		rules("p");
		pending().stage().toCompletableFuture().cancel(false);
		this.first.complete(new Decision.Delayed(this.type.permit("p"), 50));
		assertThat(this.type.takeJournal()).containsExactly("ask p", "release p CANCELLED");
	}

	@Test
	void givingUpOnTheSecondOfTwoGivesBackAll() {
		rules("a", "p", "q");
		Decision.Pending pending = pending();
		this.first.complete(this.type.admitted("p"));
		this.type.takeJournal();
		pending.stage().toCompletableFuture().cancel(false);
		assertThat(this.type.takeJournal()).containsExactlyInAnyOrder("release a CANCELLED", "release p CANCELLED");
		this.second.complete(this.type.admitted("q"));
		assertThat(this.type.takeJournal()).containsExactly("release q CANCELLED");
	}

	private void abandoned(Runnable abandoned) {
		this.type.answer("r", new Decision.Pending(this.first, 100, Rejection.of(TestAdmissionType.KNOWN), abandoned));
	}

	@Test
	void policyIsToldThatNobodyWaitsAnyMore() {
		abandoned(() -> this.type.journal.add("told"));
		rules("a", "r");
		Decision.Pending pending = pending();
		pending.stage().toCompletableFuture().cancel(false);
		assertThat(this.type.takeJournal()).containsExactly("ask a", "ask r", "release a CANCELLED", "told");
	}

	@Test
	void policyIsNotToldOfCallsThatGotTheirAnswer() {
		abandoned(() -> this.type.journal.add("told"));
		rules("r");
		Decision.Pending pending = pending();
		this.first.complete(TestAdmissionType.rejected());
		pending.stage().toCompletableFuture().cancel(false);
		assertThat(this.type.takeJournal()).containsExactly("ask r");
	}

	@Test
	void secondOfTwoIsToldToo() {
		abandoned(() -> this.type.journal.add("told"));
		this.type.answer("s", new Decision.Pending(this.second, 900, Rejection.of(TestAdmissionType.KNOWN),
				() -> this.type.journal.add("told second")));
		rules("r", "s");
		Decision.Pending pending = pending();
		this.first.complete(this.type.admitted("r"));
		pending.stage().toCompletableFuture().cancel(false);
		assertThat(this.type.takeJournal()).contains("told second", "release r CANCELLED");
	}

	@Test
	void rejectionAfterTheEndIsCounted() {
		abandoned(() -> this.first.complete(TestAdmissionType.rejected()));
		rules("r", "c");
		pending().stage().toCompletableFuture().cancel(false);
		assertThat(this.bed.counted("r0", "rejected", "known")).isEqualTo(1);
		assertThat(this.type.takeJournal()).containsExactly("ask r");
	}

	@Test
	void policyThatBreaksWhenToldIsCounted() {
		abandoned(() -> {
			throw new IllegalStateException("broken");
		});
		rules("a", "r");
		pending().stage().toCompletableFuture().cancel(false);
		assertThat(this.bed.counted("r1", "failed")).isEqualTo(1);
		assertThat(this.type.takeJournal()).contains("release a CANCELLED");
	}

	@Test
	void whatIsToldToLateCallsNamesTheRule() {
		abandoned(() -> {
		});
		rules("r");
		assertThat(pending().late()).isEqualTo(new Rejection(TestAdmissionType.KNOWN, "type/r0", 0));
		rules("p");
		assertThat(pending().late()).isEqualTo(new Rejection(Reason.DECISION_TIMEOUT, "type/p0", 0));
	}

	@Test
	void nobodyWaitsForAShadow() {
		rules(TestRule.of("a"), TestRule.of("p").shadow(), TestRule.of("c"));
		this.bed.admit().release(TestAdmissionType.ok());
		assertThat(this.type.takeJournal()).containsExactly("ask a", "ask p", "ask c", "release c RESPONSE",
				"release a RESPONSE");
		this.first.complete(this.type.admitted("p"));
		assertThat(this.type.takeJournal()).containsExactly("release p CANCELLED");
		assertThat(this.bed.counted("p1", "admitted")).isEqualTo(1);
	}

	@Test
	void shadowThatWouldHaveRejectedIsCounted() {
		rules(TestRule.of("p").shadow());
		assertThat(this.bed.call()).isSameAs(Decision.ADMITTED);
		this.first.complete(TestAdmissionType.rejected());
		assertThat(this.bed.counted("p0", "rejected", "known")).isEqualTo(1);
		assertThat(this.type.takeJournal()).containsExactly("ask p");
	}

	@Test
	void shadowWhoseAnswerFailsIsCounted() {
		rules(TestRule.of("p").shadow());
		this.bed.call();
		this.first.completeExceptionally(new IllegalStateException("store away"));
		assertThat(this.bed.counted("p0", "failed")).isEqualTo(1);
	}

}
