// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.io.InterruptedIOException;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.resilience.decision.BlockingDecisions;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import jakarta.servlet.ServletException;

/**
 * Carries out what the engine decided on a segment. Thread-safe.
 */
final class SegmentGate {

	private final BlockingDecisions decisions;

	private final ServletRejections rejections;

	SegmentGate(InboundCalls calls, RejectionCors cors) {
		this.decisions = new BlockingDecisions(calls.settings().time());
		this.rejections = new ServletRejections(cors);
	}

	/**
	 * Lets a call in, after a wait if need be, or answers it.
	 * @return whether the call may go on; if not, it is answered
	 */
	boolean isOpen(Decision decision, InboundRun run, Exchange exchange) throws IOException, ServletException {
		Decision settled = settle(decision, run);
		if (settled instanceof Decision.Rejected rejected) {
			run.fail(Outcome.Kind.REJECTED, null);
			this.rejections.reject(exchange.request(), exchange.response(), rejected.rejection());
			return false;
		}
		if (settled instanceof Decision.Admitted admitted) {
			run.hold(admitted.permit());
		}
		return true;
	}

	private Decision settle(Decision decision, InboundRun run) throws IOException {
		try {
			return this.decisions.settle(decision, run.context().deadline());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for a permit");
			interrupted.initCause(ex);
			throw interrupted;
		}
	}

}
