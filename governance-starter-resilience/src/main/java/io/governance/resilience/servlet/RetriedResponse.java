// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;

import io.governance.context.GovernanceHeaders;
import io.governance.resilience.inbound.InboundRun;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * Tells the caller with a failure that a call behind it was retried. When the status is
 * set, since what is written after may be on its way at once.
 */
final class RetriedResponse extends HttpServletResponseWrapper {

	private final InboundRun run;

	RetriedResponse(HttpServletResponse response, InboundRun run) {
		super(response);
		this.run = run;
	}

	@Override
	public void setStatus(int status) {
		super.setStatus(status);
		tell(this.run, (HttpServletResponse) getResponse(), status);
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		tell(this.run, (HttpServletResponse) getResponse(), status);
		super.sendError(status, message);
	}

	@Override
	public void sendError(int status) throws IOException {
		tell(this.run, (HttpServletResponse) getResponse(), status);
		super.sendError(status);
	}

	static void tell(InboundRun run, HttpServletResponse response, int status) {
		if (run.isRetried(status)) {
			response.setHeader(GovernanceHeaders.RETRIED, "true");
		}
	}

}
