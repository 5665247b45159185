// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * A rule type whose policies remember the calls they saw and the permits that came back.
 * Thread-safe.
 */
public final class ProbeRuleType implements AdmissionRuleType<ProbeRule> {

	private static final long PATIENCE_SECONDS = 10;

	private final Stage stage;

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final List<Outcome> releases = new CopyOnWriteArrayList<>();

	private final BlockingQueue<Outcome> unseen = new LinkedBlockingQueue<>();

	private final AtomicInteger held = new AtomicInteger();

	private volatile Function<Permit, Decision> answer = Decision.Admitted::new;

	/**
	 * Creates the type.
	 * @param stage where in the chain its policies act
	 */
	public ProbeRuleType(Stage stage) {
		this.stage = stage;
	}

	/**
	 * Has its policies answer otherwise than by admitting.
	 * @param other makes the decision out of the permit that an admitted call holds
	 */
	public void answer(Function<Permit, Decision> other) {
		this.answer = other;
	}

	/**
	 * Has its policies reject every call.
	 * @param reason why
	 */
	public void reject(Reason reason) {
		answer((permit) -> {
			this.held.decrementAndGet();
			return new Decision.Rejected(new Rejection(reason, null, 0));
		});
	}

	/**
	 * The calls that its policies saw.
	 * @return the calls, in order
	 */
	public List<Call> calls() {
		return List.copyOf(this.calls);
	}

	/**
	 * How the permits that came back were released; a permit that is released twice is
	 * here twice.
	 * @return the outcomes, in order
	 */
	public List<Outcome> releases() {
		return List.copyOf(this.releases);
	}

	/**
	 * Waits for the next permit to come back.
	 * @return how it was released
	 */
	public Outcome nextRelease() {
		try {
			Outcome outcome = this.unseen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
			if (outcome == null) {
				throw new AssertionError("no permit came back within " + PATIENCE_SECONDS + " s, held: " + held());
			}
			return outcome;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted while waiting for a permit to come back", ex);
		}
	}

	/**
	 * How many permits are out.
	 * @return the number; negative when one came back twice
	 */
	public int held() {
		return this.held.get();
	}

	@Override
	public String name() {
		return "probe-" + this.stage.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

	@Override
	public Class<ProbeRule> ruleClass() {
		return ProbeRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(this.stage.segment().direction());
	}

	@Override
	public Stage stage(ProbeRule rule, Direction direction) {
		return this.stage;
	}

	@Override
	public List<Violation> validate(ProbeRule rule) {
		return List.of();
	}

	@Override
	public List<Reason> reasons() {
		return List.of(Reason.OVERLOADED);
	}

	@Override
	public Policy newPolicy(ProbeRule rule, PolicyContext context) {
		return new Probing();
	}

	private void release(Outcome outcome) {
		this.held.decrementAndGet();
		this.releases.add(outcome);
		this.unseen.add(outcome);
	}

	private final class Probing implements Policy {

		@Override
		public Decision tryAcquire(Call call) {
			ProbeRuleType.this.calls.add(call);
			ProbeRuleType.this.held.incrementAndGet();
			return ProbeRuleType.this.answer.apply(ProbeRuleType.this::release);
		}

		@Override
		public Forecast foresee(Call call) {
			return (ProbeRuleType.this.answer.apply(Permit.NONE) instanceof Decision.Rejected rejected)
					? Forecast.reject(rejected.rejection(), "") : Forecast.admit("");
		}

	}

}
