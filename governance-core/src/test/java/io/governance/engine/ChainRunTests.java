// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.List;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.RuleDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChainRunTests {

	private final EngineTestBed bed = new EngineTestBed();

	private final TestAdmissionType type = TestAdmissionType.additive("type");

	private void rules(String... texts) {
		this.bed.apply(List.of(texts)
			.stream()
			.map((text) -> this.type.rule(text, TestRule.of(text)))
			.toArray((size) -> new RuleDefinition<?>[size]));
		this.type.takeJournal();
	}

	private List<String> released() {
		return this.type.takeJournal().stream().filter((line) -> line.startsWith("release ")).toList();
	}

	@Test
	void permitsAreReleasedOnceAndInReverse() {
		rules("a", "b", "c");
		Permit permit = this.bed.admit();
		assertThat(this.type.takeJournal()).containsExactly("ask a", "ask b", "ask c");
		permit.release(TestAdmissionType.ok());
		assertThat(released()).containsExactly("release c RESPONSE", "release b RESPONSE", "release a RESPONSE");
		permit.release(TestAdmissionType.ok());
		permit.release(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
		assertThat(released()).isEmpty();
	}

	@Test
	void rejectionStopsTheWalkAndGivesBackWhatIsHeld() {
		this.type.answer("c", TestAdmissionType.rejected());
		rules("a", "b", "c", "d");
		assertThat(this.bed.call())
			.isEqualTo(new Decision.Rejected(new Rejection(TestAdmissionType.KNOWN, "type/c", 5)));
		assertThat(this.type.takeJournal()).containsExactly("ask a", "ask b", "ask c", "release b REJECTED",
				"release a REJECTED");
	}

	@Test
	void rejectionKeepsTheRuleItNames() {
		Decision named = new Decision.Rejected(new Rejection(Reason.OVERLOADED, "other/rule", 0));
		this.type.answer("a", named);
		rules("a");
		assertThat(this.bed.call()).isEqualTo(named);
	}

	@Test
	void whatHoldsNothingCostsNothing() {
		this.type.answer("a", Decision.ADMITTED).answer("b", Decision.ADMITTED);
		rules("a", "b");
		assertThat(this.bed.call()).isSameAs(Decision.ADMITTED);
	}

	@Test
	void longestWaitCounts() {
		this.type.answer("a", new Decision.Delayed(this.type.permit("a"), 30))
			.answer("b", new Decision.Delayed(this.type.permit("b"), 50))
			.answer("c", new Decision.Delayed(Permit.NONE, 20));
		rules("a", "b", "c", "d");
		Decision.Delayed delayed = (Decision.Delayed) this.bed.call();
		assertThat(delayed.waitNanos()).isEqualTo(50);
		delayed.permit().release(TestAdmissionType.ok());
		assertThat(released()).containsExactly("release d RESPONSE", "release b RESPONSE", "release a RESPONSE");
	}

	@Test
	void waitThatHoldsNothingIsStillAWait() {
		this.type.answer("a", new Decision.Delayed(Permit.NONE, 30));
		rules("a");
		assertThat(((Decision.Delayed) this.bed.call()).waitNanos()).isEqualTo(30);
	}

	@Test
	void delayedPermitIsGivenBackWhenALaterPolicyRejects() {
		this.type.answer("a", new Decision.Delayed(this.type.permit("a"), 30))
			.answer("b", TestAdmissionType.rejected());
		rules("a", "b");
		assertThat(this.bed.call()).isInstanceOf(Decision.Rejected.class);
		assertThat(released()).containsExactly("release a REJECTED");
	}

	@Test
	void callersAreToldOfAllQuotasInTheOrderOfTheChain() {
		this.type.answer("a", new Decision.Admitted(telling("a"))).answer("c", new Decision.Delayed(telling("c"), 30));
		rules("a", "b", "c");
		Permit permit = ((Decision.Delayed) this.bed.call()).permit();
		assertThat(permit.quotas()).containsExactly(quota("a"), quota("c"));
	}

	@Test
	void nobodyIsToldOfTheQuotaOfAShadow() {
		this.type.answer("a", new Decision.Admitted(telling("a"))).answer("b", new Decision.Admitted(telling("b")));
		this.bed.apply(this.type.rule("a", TestRule.of("a").shadow()), this.type.rule("b", TestRule.of("b")));
		assertThat(this.bed.admit().quotas()).containsExactly(quota("b"));
	}

	@Test
	void mostCallersAreToldNothing() {
		rules("a");
		assertThat(this.bed.admit().quotas()).isEmpty();
		assertThat(Permit.NONE.quotas()).isEmpty();
	}

	@Test
	void rejectionKeepsItsQuota() {
		this.type.answer("a", new Decision.Rejected(new Rejection(TestAdmissionType.KNOWN, null, 5, quota("q"))));
		rules("a");
		assertThat(this.bed.call())
			.isEqualTo(new Decision.Rejected(new Rejection(TestAdmissionType.KNOWN, "type/a", 5, quota("q"))));
	}

	private static Decision.Quota quota(String name) {
		return new Decision.Quota(name, 10, 60, 3, 6);
	}

	private static Permit telling(String name) {
		return new Permit() {

			@Override
			public void release(Outcome outcome) {
				// holds nothing
			}

			@Override
			public List<Decision.Quota> quotas() {
				return List.of(quota(name));
			}

		};
	}

	@Test
	void policyThatThrowsAdmitsAndIsCountedAsFailed() {
		this.type.answer("b", (call) -> {
			throw new IllegalStateException("broken");
		});
		rules("a", "b", "c");
		this.bed.admit().release(TestAdmissionType.ok());
		assertThat(released()).containsExactly("release c RESPONSE", "release a RESPONSE");
		assertThat(this.bed.counted("b", "failed")).isEqualTo(1);
		assertThat(this.bed.counted("b", "admitted")).isZero();
		assertThat(this.bed.counted("c", "admitted")).isEqualTo(1);
	}

	@Test
	void policyThatAnswersNothingFailedToo() {
		this.type.answer("a", (call) -> null);
		rules("a");
		assertThat(this.bed.call()).isSameAs(Decision.ADMITTED);
		assertThat(this.bed.counted("a", "failed")).isEqualTo(1);
	}

	@Test
	void permitThatThrowsDoesNotKeepTheOthers() {
		this.type.answer("b", new Decision.Admitted((outcome) -> {
			throw new IllegalStateException("broken");
		}));
		rules("a", "b", "c");
		this.bed.admit().release(TestAdmissionType.ok());
		assertThat(released()).containsExactly("release c RESPONSE", "release a RESPONSE");
	}

	@Test
	void eachCallHasItsOwnPermit() {
		rules("a");
		Permit one = this.bed.admit();
		Permit other = this.bed.admit();
		assertThat(one).isNotSameAs(other);
		one.release(TestAdmissionType.ok());
		one.release(TestAdmissionType.ok());
		other.release(TestAdmissionType.ok());
		assertThat(released()).hasSize(2);
	}

	@Test
	void decisionsAreCounted() {
		this.type.answer("b", TestAdmissionType.rejected());
		rules("a", "b");
		this.bed.call();
		this.type.answer("b", TestAdmissionType.rejected(TestAdmissionType.UNKNOWN));
		this.bed.call();
		this.bed.call();
		assertThat(this.bed.counted("a", "admitted")).isEqualTo(3);
		assertThat(this.bed.counted("b", "admitted")).isZero();
		assertThat(this.bed.counted("b", "rejected", "known")).isEqualTo(1);
		assertThat(this.bed.counted("b", "rejected", "other")).isEqualTo(2);
		assertThat(this.bed.counted("b", "event")).isEqualTo(3);
	}

}
