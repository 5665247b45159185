// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.util.Locale;

import io.governance.keyed.KeyedStates;
import io.governance.match.CallKey;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.PolicyContext;
import io.governance.rule.StateDisplay;

/**
 * A breaker per key. The formula is the policy's and what was counted is not, so that a
 * rule with another formula goes on from the same counts. A rejected call counts as held
 * back when it is rejected, and how it ended is not asked: so a rule in shadow, whose
 * rejections nobody obeys, sees what it would see if they were.
 */
final class AdaptiveBreakerPolicy implements Policy {

	private final DropRatio formula;

	private final KeyedStates<KeyBreaker> breakers;

	private final StateDisplay display;

	private final Decision.Rejected rejected;

	AdaptiveBreakerPolicy(AdaptiveBreakerRule rule, PolicyContext context) {
		this(rule, context,
				new KeyedStates<>(rule.key(), rule.maxKeys(), context.time(),
						context.events().apply(AdaptiveBreakerRuleType.OVERFLOW), (key) -> new KeyBreaker(key,
								rule.failureOn(), new Throttle(rule.window(), context.time(), context.random()))));
	}

	private AdaptiveBreakerPolicy(AdaptiveBreakerRule rule, PolicyContext context, KeyedStates<KeyBreaker> breakers) {
		this.formula = DropRatio.of(rule);
		this.breakers = breakers;
		this.display = (rule.key().source() == CallKey.Source.SERVICE) ? context.states() : StateDisplay.NONE;
		this.rejected = new Decision.Rejected(new Rejection(Reason.THROTTLED, context.rule(), 0));
	}

	/**
	 * The policy of a rule that counts as this one's does.
	 * @return a policy with the same counts; this one if the formula is the same as well
	 */
	AdaptiveBreakerPolicy under(AdaptiveBreakerRule rule, PolicyContext context) {
		return DropRatio.of(rule).equals(this.formula) ? this : new AdaptiveBreakerPolicy(rule, context, this.breakers);
	}

	@Override
	public Decision tryAcquire(Call call) {
		KeyBreaker breaker = this.breakers.of(call);
		Decision admitted = breaker.tryAcquire(this.formula, this.display);
		return (admitted != null) ? admitted : this.rejected;
	}

	@Override
	public Forecast foresee(Call call) {
		KeyBreaker breaker = this.breakers.find(call);
		double share = (breaker != null) ? breaker.foresee(this.formula) : 0;
		return Forecast.chance(share, this.rejected.rejection(),
				String.format(Locale.ROOT, "holds back %.1f%%", share * 100));
	}

	@Override
	public String state() {
		return this.breakers.describe((breaker) -> breaker.describe(this.formula));
	}

}
