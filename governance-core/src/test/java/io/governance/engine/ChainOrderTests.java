// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.governance.match.Match;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Segment;
import io.governance.policy.Stage;
import io.governance.rule.RuleDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChainOrderTests {

	private final EngineTestBed bed = new EngineTestBed();

	private final TestAdmissionType limits = TestAdmissionType.additive("limits");

	private final TestAdmissionType choice = TestAdmissionType.mostSpecific("choice");

	private List<String> asked(TestAdmissionType type, FakeCall call) {
		type.takeJournal();
		this.bed.call(call);
		return type.takeJournal()
			.stream()
			.filter((line) -> line.startsWith("ask "))
			.map((line) -> line.substring(4))
			.toList();
	}

	@Test
	void withoutRulesEverythingIsAdmitted() {
		assertThat(this.bed.call()).isSameAs(Decision.ADMITTED);
		assertThat(this.bed.engine.revision()).isEqualTo("none");
		assertThat(this.bed.engine.effectiveRules()).isEmpty();
	}

	@Test
	void stagesRunInTheirOrderWhateverTheOrderOfTheRules() {
		List<String> journal = new ArrayList<>();
		List<RuleDefinition<?>> rules = new ArrayList<>();
		for (Stage stage : List.of(Stage.RETRY, Stage.DEADLINE, Stage.RATE_LIMIT)) {
			// names in the opposite order, so that they cannot be the reason
			TestAdmissionType type = new TestAdmissionType("t" + (9 - stage.ordinal() % 10), stage, true);
			type.answer("x", (call) -> {
				journal.add(stage.name());
				return Decision.ADMITTED;
			});
			rules.add(type.rule("a", TestRule.of("x")));
		}
		for (int seed = 0; seed < 10; seed++) {
			Collections.shuffle(rules, new Random(seed));
			this.bed.apply(rules.toArray(RuleDefinition<?>[]::new));
			journal.clear();
			this.bed.call();
			assertThat(journal).containsExactly("DEADLINE", "RATE_LIMIT", "RETRY");
		}
	}

	@Test
	void segmentsAreAskedApart() {
		TestAdmissionType attempt = new TestAdmissionType("attempt", Stage.CIRCUIT_BREAKER, true);
		this.bed.apply(attempt.rule("a", TestRule.of("attempt")), this.limits.rule("b", TestRule.of("call")),
				this.limits.rule("c", TestRule.of("edge").match(Matches.inbound())));
		assertThat(asked(this.limits, FakeCall.to("inventory"))).containsExactly("call");
		assertThat(attempt.takeJournal()).containsExactly("new attempt/a");
		this.bed.engine.tryAcquire(Segment.ATTEMPT, FakeCall.to("inventory"));
		assertThat(attempt.takeJournal()).containsExactly("ask attempt");
		this.bed.engine.tryAcquire(Segment.EDGE, FakeCall.at("orders"));
		assertThat(this.limits.takeJournal()).containsExactly("ask edge");
		assertThat(this.bed.engine.tryAcquire(Segment.IDENTIFIED, FakeCall.at("orders"))).isSameAs(Decision.ADMITTED);
	}

	@Test
	void rulesThatAddUpAllApply() {
		this.bed.apply(this.limits.rule("a", TestRule.of("any")),
				this.limits.rule("b", TestRule.of("path").path("/x/**")),
				this.limits.rule("c", TestRule.of("other").path("/y")));
		assertThat(asked(this.limits, FakeCall.to("inventory").path("/x/1"))).containsExactly("path", "any");
	}

	@Test
	void ofOthersTheMostSpecificPathApplies() {
		this.bed.apply(this.choice.rule("a", TestRule.of("any")),
				this.choice.rule("b", TestRule.of("open").path("/x/**")),
				this.choice.rule("c", TestRule.of("variable").path("/x/{id}")),
				this.choice.rule("d", TestRule.of("literal").path("/x/1")),
				this.choice.rule("e", TestRule.of("first").path("/{x}/**")));
		assertThat(asked(this.choice, FakeCall.to("inventory").path("/x/1"))).containsExactly("literal");
		assertThat(asked(this.choice, FakeCall.to("inventory").path("/x/2"))).containsExactly("variable");
		assertThat(asked(this.choice, FakeCall.to("inventory").path("/x/2/3"))).containsExactly("open");
		assertThat(asked(this.choice, FakeCall.to("inventory").path("/y"))).containsExactly("first");
		assertThat(asked(this.choice, FakeCall.to("inventory").path("/"))).containsExactly("any");
	}

	@Test
	void thenMoreConditionsThenPriorityThenId() {
		Match get = Matches.methods("GET");
		this.bed.apply(this.choice.rule("d", TestRule.of("plain")),
				this.choice.rule("b", TestRule.of("important").priority(Integer.MAX_VALUE)),
				this.choice.rule("c", TestRule.of("conditional").match(get).priority(Integer.MIN_VALUE)));
		assertThat(asked(this.choice, FakeCall.to("inventory"))).containsExactly("conditional");
		assertThat(asked(this.choice, FakeCall.to("inventory").method("POST"))).containsExactly("important");
		this.bed.apply(this.choice.rule("b", TestRule.of("later")), this.choice.rule("a", TestRule.of("earlier")));
		assertThat(asked(this.choice, FakeCall.to("inventory"))).containsExactly("earlier");
	}

	@Test
	void conditionThatDoesNotHoldLetsTheNextRuleApply() {
		this.bed.apply(this.choice.rule("a", TestRule.of("testers").match(Matches.header("x-group", "tester"))),
				this.choice.rule("b", TestRule.of("all")));
		assertThat(asked(this.choice, FakeCall.to("inventory").header("X-Group", "tester"))).containsExactly("testers");
		assertThat(asked(this.choice, FakeCall.to("inventory"))).containsExactly("all");
	}

	@Test
	void builtInRuleComesAfterAllThatUsersWrote() {
		RuleDefinition<TestRule> builtIn = new RuleDefinition<>(this.choice, "default",
				TestRule.of("built-in").path("/x").priority(Integer.MAX_VALUE), RuleDefinition.BUILT_IN);
		this.bed.apply(builtIn, this.choice.rule("user", TestRule.of("user").match(Matches.methods("GET"))));
		assertThat(asked(this.choice, FakeCall.to("inventory").path("/x"))).containsExactly("user");
		assertThat(asked(this.choice, FakeCall.to("inventory").path("/x").method("PUT"))).containsExactly("built-in");
	}

	@Test
	void ruleForAServiceIsForItsCallsOnly() {
		this.bed.apply(this.limits.rule("a", TestRule.of("inventory").match(Match.service("inventory"))),
				this.limits.rule("b", TestRule.of("payments").match(Match.service("payments"))),
				this.limits.rule("c", TestRule.of("any")));
		assertThat(asked(this.limits, FakeCall.to("inventory"))).containsExactly("inventory", "any");
		assertThat(asked(this.limits, FakeCall.to("payments"))).containsExactly("payments", "any");
		assertThat(asked(this.limits, FakeCall.to("mail"))).containsExactly("any");
	}

	@Test
	void inboundRulesForOtherServicesAreNotCompiled() {
		this.bed.apply(this.limits.rule("mine", TestRule.of("mine").match(Matches.inbound("orders"))),
				this.limits.rule("theirs", TestRule.of("theirs").match(Matches.inbound("payments"))),
				this.limits.rule("everybody", TestRule.of("everybody").match(Matches.inbound())));
		assertThat(this.bed.engine.effectiveRules()).map(EffectiveRule::id).containsExactly("mine", "everybody");
		assertThat(this.limits.takeJournal()).doesNotContain("new limits/theirs");
		this.bed.engine.tryAcquire(Segment.EDGE, FakeCall.at("orders"));
		assertThat(this.limits.takeJournal()).containsExactly("ask mine", "ask everybody");
	}

	@Test
	void ruleActsOnItsOwnSideOnly() {
		this.bed.apply(this.limits.rule("a", TestRule.of("outbound").match(Match.service("orders"))));
		assertThat(this.bed.engine.tryAcquire(Segment.EDGE, FakeCall.at("orders"))).isSameAs(Decision.ADMITTED);
		assertThat(asked(this.limits, FakeCall.to("orders"))).containsExactly("outbound");
	}

	@Test
	void effectiveRulesAreListedInTheOrderOfTheChain() {
		this.bed.apply(this.limits.rule("b", TestRule.of("b")), this.choice.rule("z", TestRule.of("z")),
				this.limits.rule("a", TestRule.of("a").path("/x")),
				this.limits.rule("in", TestRule.of("in").match(Matches.inbound())));
		assertThat(this.bed.engine.effectiveRules()).map(EffectiveRule::id).containsExactly("in", "z", "a", "b");
		assertThat(this.bed.engine.effectiveRules()).map(EffectiveRule::revision).containsOnly("r1");
	}

}
