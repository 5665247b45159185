// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.List;
import java.util.stream.IntStream;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Permit;
import io.governance.rule.RuleDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeldPermitsTests {

	private final EngineTestBed bed = new EngineTestBed();

	private final TestAdmissionType type = TestAdmissionType.additive("type");

	private void rules(String... texts) {
		this.bed.apply(List.of(texts)
			.stream()
			.map((text) -> this.type.rule(text, TestRule.of(text)))
			.toArray((size) -> new RuleDefinition<?>[size]));
		this.type.takeJournal();
	}

	private Decision shared(String text) {
		return new Decision.Admitted(new Permit.Shared(this.type.permit(text)::release));
	}

	private List<String> released() {
		return this.type.takeJournal().stream().filter((line) -> line.startsWith("release ")).toList();
	}

	@Test
	void callsThatAreGivenTheSameAreGivenOnePermit() {
		this.type.answer("a", shared("a")).answer("b", Decision.ADMITTED).answer("c", shared("c"));
		rules("a", "b", "c");
		Permit permit = this.bed.admit();
		assertThat(this.bed.admit()).isSameAs(permit);
		permit.release(TestAdmissionType.ok());
		permit.release(TestAdmissionType.ok());
		assertThat(released()).as("once for each call, in reverse")
			.containsExactly("release c RESPONSE", "release a RESPONSE", "release c RESPONSE", "release a RESPONSE");
	}

	@Test
	void whatIsHeldBesidesMakesAnotherPermit() {
		Decision first = shared("first");
		this.type.answer("a", (call) -> call.service().equals("inventory") ? first : Decision.ADMITTED)
			.answer("b", shared("b"));
		rules("a", "b");
		admit(FakeCall.to("inventory"));
		assertThat(released()).containsExactly("release b RESPONSE", "release first RESPONSE");
		admit(FakeCall.to("payments"));
		assertThat(released()).containsExactly("release b RESPONSE");
		admit(FakeCall.to("inventory"));
		assertThat(released()).containsExactly("release b RESPONSE", "release first RESPONSE");
	}

	private void admit(Call call) {
		((Decision.Admitted) this.bed.call(call)).permit().release(TestAdmissionType.ok());
	}

	@Test
	void eachServiceHasItsOwnHoweverManyThereAre() {
		List<Decision> decisions = IntStream.range(0, 100).mapToObj((number) -> shared("s" + number)).toList();
		this.type.answer("a", (call) -> decisions.get(Integer.parseInt(call.service().substring(1))));
		rules("a");
		for (int round = 0; round < 2; round++) {
			for (int number = 0; number < decisions.size(); number++) {
				admit(FakeCall.to("s" + number));
				assertThat(released()).containsExactly("release s" + number + " RESPONSE");
			}
		}
	}

	@Test
	void aPermitOfOneCallIsReleasedOnceWithTheSharedOnesAroundIt() {
		this.type.answer("a", shared("a")).answer("c", shared("c"));
		rules("a", "b", "c");
		Permit permit = this.bed.admit();
		assertThat(this.bed.admit()).isNotSameAs(permit);
		this.type.takeJournal();
		permit.release(TestAdmissionType.ok());
		permit.release(TestAdmissionType.ok());
		assertThat(released()).containsExactly("release c RESPONSE", "release b RESPONSE", "release a RESPONSE");
	}

	@Test
	void rejectionGivesBackWhatIsShared() {
		this.type.answer("a", shared("a")).answer("b", shared("b")).answer("c", TestAdmissionType.rejected());
		rules("a", "b", "c");
		assertThat(this.bed.call()).isInstanceOf(Decision.Rejected.class);
		assertThat(released()).containsExactly("release b REJECTED", "release a REJECTED");
	}

	@Test
	void aPermitThatThrowsDoesNotKeepTheOthers() {
		this.type.answer("a", shared("a")).answer("b", new Decision.Admitted(new Permit.Shared((outcome) -> {
			throw new IllegalStateException("a bug");
		})));
		rules("a", "b");
		this.bed.admit().release(TestAdmissionType.ok());
		assertThat(released()).containsExactly("release a RESPONSE");
	}

	@Test
	void aPolicyThatThrowsLeavesTheOthersToDecide() {
		this.type.answer("a", shared("a")).answer("b", (call) -> {
			throw new IllegalStateException("a bug");
		}).answer("c", shared("c"));
		rules("a", "b", "c");
		this.bed.admit().release(TestAdmissionType.ok());
		assertThat(released()).containsExactly("release c RESPONSE", "release a RESPONSE");
		assertThat(this.bed.counted("b", DecisionCounter.FAILED)).isEqualTo(1);
		assertThat(this.bed.counted("b", DecisionCounter.ADMITTED)).isZero();
		assertThat(this.bed.counted("c", DecisionCounter.ADMITTED)).isEqualTo(1);
	}

}
