// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.util.function.Function;

import io.governance.context.CallContext;
import io.governance.context.RetryNote;
import io.governance.engine.PolicyEngine;
import io.governance.execution.Deadline;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.Segment;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an inbound call that are the same for every kind of server. Thread-safe.
 */
public final class InboundCalls {

	private final PolicyEngine engine;

	private final InboundSettings settings;

	private final CallContextReader reader;

	/**
	 * Creates the steps.
	 * @param engine decides
	 * @param settings what else is needed
	 */
	public InboundCalls(PolicyEngine engine, InboundSettings settings) {
		this.engine = engine;
		this.settings = settings;
		this.reader = new CallContextReader(settings.time());
	}

	/**
	 * What the steps work with.
	 * @return the settings
	 */
	public InboundSettings settings() {
		return this.settings;
	}

	/**
	 * Begins a call: reads what its caller says, as far as the caller is trusted, and
	 * lowers the deadline to what an inbound timeout rule allows.
	 * @param headers the request's headers, by name in any case
	 * @param trusted whether the peer is trusted
	 * @param view makes the view that rules are matched with
	 * @return the running call
	 */
	public InboundRun begin(Function<String, @Nullable String> headers, boolean trusted,
			Function<CallContext, Call> view) {
		return begin(headers, trusted, null, view);
	}

	/**
	 * Begins a call whose protocol has a deadline of its own.
	 * @param headers the request's headers, by name in any case
	 * @param trusted whether the peer is trusted
	 * @param deadline the protocol's deadline; {@code null} where the call has none
	 * @param view makes the view that rules are matched with
	 * @return the running call, whose deadline is the earliest of all
	 */
	public InboundRun begin(Function<String, @Nullable String> headers, boolean trusted, @Nullable Deadline deadline,
			Function<CallContext, Call> view) {
		CallContext context = Deadlines.lower(trusted ? this.reader.read(headers) : CallContext.NONE, deadline);
		Call call = view.apply(context);
		Deadline allowed = Deadlines.of(this.engine.plan(call), this.settings.time());
		return new InboundRun(Deadlines.lower(context, allowed).withRetryNote(new RetryNote()), call,
				this.settings.time());
	}

	/**
	 * Asks the rules of a segment. A call whose time is up is rejected unasked.
	 * @param segment the segment
	 * @param run the running call
	 * @param call the call, as it is known by now
	 * @return the decision; what it admits must be given to the run to hold
	 */
	public Decision decide(Segment segment, InboundRun run, Call call) {
		return isLate(run) ? new Decision.Rejected(late(run)) : this.engine.tryAcquire(segment, call);
	}

	/**
	 * Whether the time of a call is up.
	 * @param run the running call
	 * @return whether it is
	 */
	public boolean isLate(InboundRun run) {
		Deadline deadline = run.context().deadline();
		return deadline != null && deadline.isExpired(this.settings.time());
	}

	/**
	 * Counts a call whose time is up, once.
	 * @param run the running call
	 * @return what it is answered with
	 */
	public Rejection late(InboundRun run) {
		if (run.noteLate()) {
			this.engine.deadlinesExceeded(Direction.INBOUND).increment();
		}
		Deadline deadline = run.context().deadline();
		return new Rejection(Reason.DEADLINE_EXCEEDED, (deadline != null) ? deadline.rule() : null, 0);
	}

}
