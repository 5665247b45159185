// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.request.ServletRequestCall;
import io.governance.resilience.inbound.InboundSettings;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A Servlet request with what its caller brings along.
 */
final class ServletCall extends ServletRequestCall {

	private final CallContext context;

	private final InboundSettings settings;

	ServletCall(HttpServletRequest request, CallContext context, InboundSettings settings) {
		super(request, settings.service());
		this.context = context;
		this.settings = settings;
	}

	@Override
	public @Nullable String caller() {
		return this.context.caller();
	}

	@Override
	public Priority priority() {
		return this.context.priority();
	}

	@Override
	public @Nullable String label(String name) {
		return this.settings.labels().label(name);
	}

}
