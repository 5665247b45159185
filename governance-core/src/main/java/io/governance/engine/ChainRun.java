// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One walk of one call through the admission rules that match it. Becomes the permit of
 * what it admits; gives back, in reverse, what it holds when a later policy rejects. Used
 * by one thread at a time.
 */
final class ChainRun implements Permit {

	private static final Logger logger = LoggerFactory.getLogger(PolicyEngine.class);

	private final CompiledRule[] rules;

	private final Call call;

	private final Permit[] permits;

	private final AtomicBoolean released = new AtomicBoolean();

	private int held;

	private int position;

	private long waitNanos;

	ChainRun(CompiledRule[] rules, Call call) {
		this.rules = rules;
		this.call = call;
		this.permits = new Permit[rules.length];
	}

	Decision walk() {
		while (this.position < this.rules.length) {
			CompiledRule rule = this.rules[this.position++];
			Decision stop = take(rule, ask(rule));
			if (stop != null) {
				return stop;
			}
		}
		if (this.waitNanos > 0) {
			return new Decision.Delayed(this, this.waitNanos);
		}
		return (this.held == 0) ? Decision.ADMITTED : new Decision.Admitted(this);
	}

	private Decision ask(CompiledRule rule) {
		try {
			return rule.admission().tryAcquire(this.call);
		}
		catch (RuntimeException ex) {
			return failed(rule, ex);
		}
	}

	/**
	 * A policy that breaks must not break the calls it guards: it is counted, said, and
	 * the call goes on.
	 */
	private static Decision failed(CompiledRule rule, Throwable error) {
		rule.counter().failed();
		logger.atError().setCause(error).log("policy failed, call admitted: rule={}", rule.definition().key());
		return Decision.ADMITTED;
	}

	private @Nullable Decision take(CompiledRule rule, Decision decision) {
		if (decision instanceof Decision.Admitted admitted) {
			rule.counter().passed();
			hold(admitted.permit());
		}
		else if (decision instanceof Decision.Delayed delayed) {
			rule.counter().passed();
			hold(delayed.permit());
			this.waitNanos = rule.isShadow() ? this.waitNanos : Math.max(this.waitNanos, delayed.waitNanos());
		}
		else if (decision instanceof Decision.Rejected rejected) {
			return reject(rule, rejected);
		}
		else if (decision instanceof Decision.Pending pending) {
			return await(rule, pending);
		}
		return null;
	}

	private @Nullable Decision reject(CompiledRule rule, Decision.Rejected rejected) {
		rule.counter().rejected(rejected.rejection().reason());
		if (rule.isShadow()) {
			return null;
		}
		release(Outcome.failure(Outcome.Kind.REJECTED, null, 0));
		Rejection rejection = rejected.rejection();
		return (rejection.rule() != null) ? rejected : new Decision.Rejected(
				new Rejection(rejection.reason(), rule.definition().key(), rejection.retryAfterNanos()));
	}

	private @Nullable Decision await(CompiledRule rule, Decision.Pending pending) {
		CompletionStage<Decision> answer = pending.stage().exceptionally((error) -> failed(rule, error));
		if (rule.isShadow()) {
			// nothing waits for a shadow: what it would hold is given back at once
			answer.thenAccept((decision) -> new ChainRun(new CompiledRule[] { rule }, this.call).settle(decision));
			return null;
		}
		return new Decision.Pending(answer.thenApply((decision) -> resume(rule, decision)), pending.boundNanos());
	}

	private Decision resume(CompiledRule rule, Decision decision) {
		Decision stop = take(rule, decision);
		return (stop != null) ? stop : walk();
	}

	private void settle(Decision decision) {
		take(this.rules[0], decision);
		release(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
	}

	private void hold(Permit permit) {
		if (permit != Permit.NONE) {
			this.permits[this.held++] = permit;
		}
	}

	@Override
	public void release(Outcome outcome) {
		if (!this.released.compareAndSet(false, true)) {
			return;
		}
		for (int i = this.held - 1; i >= 0; i--) {
			try {
				this.permits[i].release(outcome);
			}
			catch (RuntimeException ex) {
				logger.atError().setCause(ex).log("permit failed on release: outcome={}", outcome.kind());
			}
		}
	}

}
