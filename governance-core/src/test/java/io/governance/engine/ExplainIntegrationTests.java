// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Policy.Forecast.Verdict;
import io.governance.rule.RuleDefinition;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainIntegrationTests {

	private static final int CALLS = 1_000;

	@Property(tries = 15, shrinking = ShrinkingMode.OFF)
	void whatIsExplainedIsWhatIsThenDecidedAndExplainingChangesNothing(@ForAll long seed) {
		new Twins(seed).run(CALLS);
	}

	@Test
	void everyVerdictComesUp() {
		Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
		for (int seed = 0; seed < 10; seed++) {
			new Twins(seed).run(CALLS).forEach((verdict, count) -> seen.merge(verdict, count, Integer::sum));
		}
		assertThat(seen).containsOnlyKeys(Verdict.values());
		assertThat(seen.values()).as("%s", seen).allMatch((count) -> count >= 20);
	}

	@Property(tries = 30, shrinking = ShrinkingMode.OFF)
	void aRuleInShadowCountsWhatItWouldRejectIfItWereEnforced(@ForAll long seed) {
		RandomRules random = new RandomRules(seed);
		ExplainedEngine enforced = new ExplainedEngine(seed);
		ExplainedEngine shadow = new ExplainedEngine(seed);
		RuleDefinition<?> rule = random.enforcedWithoutQueue();
		enforced.apply(List.of(rule));
		shadow.apply(EngineTestBed.all(Enforcement.SHADOW), List.of(rule));
		List<List<List<Permit>>> open = new ArrayList<>();
		long rejected = 0;
		for (int i = 0; i < CALLS; i++) {
			Call call = random.call();
			rejected += (enforced.call(call) instanceof Decision.Rejected) ? 1 : 0;
			assertThat(shadow.call(call)).isInstanceOf(Decision.Admitted.class);
			open.add(List.of(enforced.takeUnderWay(), shadow.takeUnderWay()));
			long millis = random.pauseMillis();
			double load = random.load();
			enforced.pass(millis, load);
			shadow.pass(millis, load);
			open.removeIf((permits) -> {
				Outcome outcome = random.chance(0.3) ? random.outcome(millis * 1_000_000) : null;
				if (outcome != null) {
					permits.forEach((held) -> held.forEach((permit) -> permit.release(outcome)));
				}
				return outcome != null;
			});
		}
		assertThat(shadow.rejectedBy(rule.key())).isEqualTo(enforced.rejectedBy(rule.key())).isEqualTo(rejected);
	}

	/**
	 * Two engines with the same calls, one of which is asked to explain them.
	 */
	private static final class Twins {

		private final ExplainedEngine explained;

		private final ExplainedEngine plain;

		private final RandomRules random;

		private final Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);

		Twins(long seed) {
			this.explained = new ExplainedEngine(seed);
			this.plain = new ExplainedEngine(seed);
			this.random = new RandomRules(seed);
		}

		Map<Verdict, Integer> run(int calls) {
			for (int i = 0; i < calls; i++) {
				if (i % 250 == 0) {
					List<RuleDefinition<?>> rules = this.random.rules();
					this.explained.apply(rules);
					this.plain.apply(rules);
				}
				call(this.random.call());
				endSome();
			}
			assertThat(this.explained.counts()).isEqualTo(this.plain.counts());
			assertThat(this.explained.states()).isEqualTo(this.plain.states());
			return this.seen;
		}

		private void call(Call call) {
			Map<String, Long> counted = this.explained.counts();
			Explanation explanation = this.explained.explain(call);
			assertThat(this.explained.explain(call)).isEqualTo(explanation);
			assertThat(this.explained.counts()).isEqualTo(counted);
			this.seen.merge(explanation.outcome().verdict(), 1, Integer::sum);
			Forecast expected = settled(explanation);
			checkShadows(explanation, counted, () -> {
				Decision decision = this.explained.call(call);
				check(decision, expected, explanation);
				check(this.plain.call(call), expected, explanation);
			});
		}

		/**
		 * What the steps come to, with the chance that the engine has next.
		 */
		private Forecast settled(Explanation explanation) {
			int drawn = 0;
			long waitNanos = 0;
			for (Explanation.Step step : explanation.steps()) {
				Forecast forecast = step.forecast();
				if (forecast == null) {
					continue;
				}
				if (forecast.verdict() == Verdict.CHANCE) {
					forecast = forecast.at(this.explained.chance.peek(drawn++));
				}
				if (step.enforcement() == Enforcement.ENFORCED) {
					if (forecast.verdict() == Verdict.REJECT || forecast.verdict() == Verdict.QUEUE) {
						return forecast;
					}
					waitNanos = Math.max(waitNanos, forecast.waitNanos());
				}
			}
			return (waitNanos > 0) ? Forecast.delay(waitNanos, "") : Forecast.admit("");
		}

		private void check(Decision decision, Forecast expected, Explanation explanation) {
			if (explanation.outcome().share() == 0 || explanation.outcome().verdict() == Verdict.ADMIT) {
				assertThat(explanation.outcome().verdict()).isEqualTo(expected.verdict());
				assertThat(explanation.outcome().rejection()).isEqualTo(expected.rejection());
			}
			switch (expected.verdict()) {
				case REJECT -> assertThat(decision).as("%s", explanation)
					.isInstanceOfSatisfying(Decision.Rejected.class,
							(rejected) -> assertThat(rejected.rejection()).as("%s", explanation)
								.isEqualTo(expected.rejection()));
				case QUEUE -> assertThat(decision).as("%s", explanation)
					.isInstanceOfSatisfying(Decision.Pending.class, (pending) -> {
						assertThat(pending.late()).isEqualTo(expected.rejection());
						assertThat(pending.boundNanos()).isEqualTo(expected.waitNanos());
					});
				case DELAY -> assertThat(decision).as("%s", explanation)
					.isInstanceOfSatisfying(Decision.Delayed.class,
							(delayed) -> assertThat(delayed.waitNanos()).isEqualTo(expected.waitNanos()));
				default -> assertThat(decision).as("%s", explanation).isInstanceOf(Decision.Admitted.class);
			}
		}

		/**
		 * What a rule in shadow would reject is counted when the call comes.
		 */
		private void checkShadows(Explanation explanation, Map<String, Long> counted, Runnable calls) {
			calls.run();
			for (Explanation.Step step : explanation.steps()) {
				if (step.enforcement() == Enforcement.SHADOW && step.reached() && step.forecast() != null
						&& step.forecast().verdict() == Verdict.REJECT && explanation.outcome().share() == 0
						&& explanation.outcome().verdict() != Verdict.QUEUE) {
					String key = step.rule() + " Key[decision=rejected, reason=" + step.forecast().rejection().reason()
							+ "]";
					assertThat(this.explained.counts().get(key)).as("%s in %s", key, explanation)
						.isGreaterThan(counted.get(key));
				}
			}
		}

		private void endSome() {
			long millis = this.random.pauseMillis();
			double load = this.random.load();
			boolean giveUp = this.random.chance(0.2);
			for (ExplainedEngine engine : List.of(this.explained, this.plain)) {
				engine.pass(millis, load);
				engine.settle(giveUp);
			}
			assertThat(this.explained.underWay).hasSameSizeAs(this.plain.underWay);
			for (int i = this.explained.underWay.size() - 1; i >= 0; i--) {
				if (this.random.chance(0.4)) {
					Outcome outcome = this.random.outcome(millis * 1_000_000);
					this.explained.underWay.remove(i).release(outcome);
					this.plain.underWay.remove(i).release(outcome);
				}
			}
		}

	}

}
