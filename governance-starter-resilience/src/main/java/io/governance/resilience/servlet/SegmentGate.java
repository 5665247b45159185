// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Rejection;
import io.governance.rejection.QuotaHeaders;
import io.governance.resilience.admission.BlockingAdmission;
import io.governance.resilience.admission.Injection;
import io.governance.resilience.admission.Patience;
import io.governance.resilience.admission.Pause;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.time.TimeSource;
import jakarta.servlet.ServletException;

/**
 * Carries out what the engine decided on a segment. Thread-safe.
 */
final class SegmentGate {

	private final TimeSource time;

	private final Pause pause = Pause.holding();

	private final BlockingAdmission admission;

	private final ServletRejections rejections;

	SegmentGate(InboundCalls calls, RejectionCors cors) {
		this.time = calls.settings().time();
		this.admission = new BlockingAdmission(this.pause);
		this.rejections = new ServletRejections(cors);
	}

	/**
	 * Lets a call in, after a wait if need be, or answers it.
	 * @return whether the call may go on; if not, it is answered
	 */
	boolean isOpen(Decision decision, InboundRun run, Exchange exchange) throws IOException, ServletException {
		Patience patience = new Patience(this.time, run.context().deadline());
		Decision settled = this.admission.settle(decision, patience);
		if (settled instanceof Decision.Rejected rejected) {
			reject(rejected.rejection(), run, exchange);
			return false;
		}
		if (settled instanceof Decision.Admitted admitted) {
			run.hold(admitted.permit());
			Fault fault = admitted.permit().fault();
			if (fault != null && !passes(Injection.of(fault, patience), run, exchange)) {
				return false;
			}
			QuotaHeaders.write(admitted.permit().quotas(), exchange.response()::addHeader);
		}
		return true;
	}

	private boolean passes(Injection injection, InboundRun run, Exchange exchange)
			throws IOException, ServletException {
		this.pause.await(injection.waitNanos());
		if (injection.answer() == null) {
			return true;
		}
		reject(injection.answer(), run, exchange);
		return false;
	}

	private void reject(Rejection rejection, InboundRun run, Exchange exchange) throws IOException, ServletException {
		run.fail(Outcome.Kind.REJECTED, null);
		this.rejections.reject(exchange.request(), exchange.response(), rejection);
	}

}
