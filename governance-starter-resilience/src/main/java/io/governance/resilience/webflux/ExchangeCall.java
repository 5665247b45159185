// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.request.ReactiveRequestCall;
import io.governance.resilience.execution.ThreadLocals;
import io.governance.resilience.inbound.InboundSettings;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A request of a reactive server with what its caller brings along.
 */
final class ExchangeCall extends ReactiveRequestCall {

	private final CallContext context;

	private final InboundSettings settings;

	private final ContextView view;

	private final @Nullable String principal;

	/**
	 * Creates a view.
	 * @param request the request
	 * @param context what the caller brings along
	 * @param settings what inbound adapters work with
	 * @param view the Reactor context, which labels are read from
	 * @param principal the authenticated principal's name
	 */
	ExchangeCall(ServerHttpRequest request, CallContext context, InboundSettings settings, ContextView view,
			@Nullable String principal) {
		super(request, settings.service());
		this.context = context;
		this.settings = settings;
		this.view = view;
		this.principal = principal;
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
	public @Nullable String principal() {
		return this.principal;
	}

	@Override
	public @Nullable String label(String name) {
		return ThreadLocals.with(this.view, () -> this.settings.labels().label(name));
	}

}
