// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * One walk of one call through the admission rules that match it. Becomes the permit of
 * what it admits; gives back, in reverse, what it holds when a later policy rejects. Used
 * by one thread at a time. A walk that must wait for a decision ends there: another one,
 * which holds the first as its permit, goes on from it, so that whoever gives up waiting
 * and whoever brings the decision never touch the same state.
 */
final class ChainRun implements Permit {

	private static final AtomicIntegerFieldUpdater<ChainRun> RELEASED = AtomicIntegerFieldUpdater
		.newUpdater(ChainRun.class, "released");

	private static final Outcome GIVEN_UP = Outcome.failure(Outcome.Kind.CANCELLED, null, 0);

	private static final Outcome REJECTED = Outcome.failure(Outcome.Kind.REJECTED, null, 0);

	private final CompiledRule[] rules;

	private final Call call;

	private final Permit[] permits;

	private volatile int released;

	private int held;

	private int position;

	private long waitNanos;

	private List<Decision.Quota> quotas = List.of();

	private @Nullable Fault fault;

	private ChainRun(CompiledRule[] rules, Call call, int position, @Nullable Permit before) {
		this.rules = rules;
		this.call = call;
		this.position = position;
		this.permits = new Permit[rules.length - position + 2];
		if (before != null) {
			hold(before);
		}
	}

	/**
	 * Asks the rules. For as long as what they give is shared by calls, mostly to the
	 * end, there is no walk to keep.
	 */
	static Decision decide(CompiledRule[] rules, Call call) {
		HeldPermits held = null;
		for (int i = 0; i < rules.length; i++) {
			Decision decision = rules[i].ask(call);
			Permit permit = (decision instanceof Decision.Admitted admitted) ? admitted.permit() : null;
			if (permit instanceof Permit.Shared shared) {
				held = rules[i].hold(shared, held);
			}
			else if (decision != null && permit != Permit.NONE) {
				return new ChainRun(rules, call, i + 1, held).goOn(rules[i], decision);
			}
			if (decision != null) {
				rules[i].counter().passed();
			}
		}
		return (held != null) ? held.admitted() : Decision.ADMITTED;
	}

	/**
	 * Goes on from a walk that waits.
	 */
	private ChainRun(ChainRun waiting) {
		this(waiting.rules, waiting.call, waiting.position, (waiting.held > 0) ? waiting : null);
		this.waitNanos = waiting.waitNanos;
		this.quotas = waiting.quotas;
		this.fault = waiting.fault;
	}

	/**
	 * A walk for a decision that the call does not wait for, or no more.
	 */
	private ChainRun apart(CompiledRule rule) {
		return new ChainRun(new CompiledRule[] { rule }, this.call, 1, null);
	}

	private Decision walk() {
		while (this.position < this.rules.length) {
			CompiledRule rule = this.rules[this.position++];
			Decision decision = rule.ask(this.call);
			Decision stop = (decision != null) ? take(rule, decision) : null;
			if (stop != null) {
				return stop;
			}
		}
		if (this.waitNanos > 0) {
			return new Decision.Delayed(this, this.waitNanos);
		}
		return (this.held == 0) ? Decision.ADMITTED : new Decision.Admitted(this);
	}

	private @Nullable Decision take(CompiledRule rule, Decision decision) {
		if (decision instanceof Decision.Admitted admitted) {
			rule.counter().passed();
			hold(rule, admitted.permit());
		}
		else if (decision instanceof Decision.Delayed delayed) {
			rule.counter().passed();
			hold(rule, delayed.permit());
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
		release(REJECTED);
		Rejection named = named(rule, rejected.rejection());
		return (named == rejected.rejection()) ? rejected : new Decision.Rejected(named);
	}

	static Rejection named(CompiledRule rule, Rejection rejection) {
		return (rejection.rule() != null) ? rejection : new Rejection(rejection.reason(), rule.definition().key(),
				rejection.retryAfterNanos(), rejection.quota());
	}

	private @Nullable Decision await(CompiledRule rule, Decision.Pending pending) {
		if (rule.isShadow()) {
			// nothing waits for a shadow: what it would hold is given back at once
			pending.stage().whenComplete((decision, error) -> giveBack(apart(rule).resume(rule, decision, error)));
			return null;
		}
		CompletableFuture<Decision> answer = new CompletableFuture<>();
		pending.stage()
			.whenComplete((decision, error) -> deliver(
					(answer.isDone() ? apart(rule) : new ChainRun(this)).resume(rule, decision, error), answer));
		answer.whenComplete((decision, abandoned) -> {
			if (abandoned != null) {
				release(GIVEN_UP);
				tell(rule, pending);
			}
		});
		return new Decision.Pending(answer, pending.boundNanos(), named(rule, pending.late()));
	}

	private static void tell(CompiledRule rule, Decision.Pending pending) {
		try {
			pending.abandoned().run();
		}
		catch (RuntimeException ex) {
			rule.failed(ex);
		}
	}

	private Decision resume(CompiledRule rule, @Nullable Decision decision, @Nullable Throwable error) {
		if (decision == null) {
			rule.failed(error);
			return walk();
		}
		return goOn(rule, decision);
	}

	private Decision goOn(CompiledRule rule, Decision decision) {
		Decision stop = take(rule, decision);
		return (stop != null) ? stop : walk();
	}

	/**
	 * Gives the decision to whoever waits. When a later rule is pending too, the wait
	 * goes on, within the bound of the first.
	 */
	private static void deliver(Decision decision, CompletableFuture<Decision> answer) {
		if (decision instanceof Decision.Pending later) {
			CompletableFuture<Decision> rest = later.stage().toCompletableFuture();
			rest.thenAccept((settled) -> deliver(settled, answer));
			answer.whenComplete((settled, abandoned) -> rest.cancel(false));
		}
		else if (!answer.complete(decision)) {
			giveBack(decision);
		}
	}

	private static void giveBack(Decision decision) {
		if (decision instanceof Decision.Admitted admitted) {
			admitted.permit().release(GIVEN_UP);
		}
		else if (decision instanceof Decision.Delayed delayed) {
			delayed.permit().release(GIVEN_UP);
		}
	}

	private void hold(CompiledRule rule, Permit permit) {
		if (permit != Permit.NONE) {
			hold(permit);
			if (rule.isShadow()) {
				// a shadow never acts, and telling callers is an act
				return;
			}
			List<Decision.Quota> told = permit.quotas();
			this.quotas = told.isEmpty() ? this.quotas : join(this.quotas, told);
			this.fault = (this.fault != null) ? this.fault : permit.fault();
		}
	}

	private void hold(Permit permit) {
		this.permits[this.held++] = permit;
	}

	private static List<Decision.Quota> join(List<Decision.Quota> some, List<Decision.Quota> others) {
		List<Decision.Quota> all = new ArrayList<>(some);
		all.addAll(others);
		return List.copyOf(all);
	}

	@Override
	public List<Decision.Quota> quotas() {
		return this.quotas;
	}

	@Override
	public @Nullable Fault fault() {
		return this.fault;
	}

	@Override
	public void release(Outcome outcome) {
		if (!RELEASED.compareAndSet(this, 0, 1)) {
			return;
		}
		for (int i = this.held - 1; i >= 0; i--) {
			try {
				this.permits[i].release(outcome);
			}
			catch (RuntimeException ex) {
				// which of the rules it is from was not kept; the error tells
				this.rules[0].failures().failed("permit failed on release", ex);
			}
		}
	}

}
