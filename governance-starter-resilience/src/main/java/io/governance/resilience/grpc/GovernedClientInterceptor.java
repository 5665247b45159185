// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import io.governance.client.CallOrigin;
import io.governance.context.Attempts;
import io.governance.resilience.execution.AsyncCallExecutor;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Enforces outbound rules in a gRPC client. To be the outermost interceptor of a channel,
 * which is the one that is added last: the others run once per attempt. Thread-safe.
 */
public final class GovernedClientInterceptor implements ClientInterceptor {

	/** What the call has tried: for whoever chooses an instance further inside. */
	public static final CallOptions.Key<Attempts> ATTEMPTS = CallOptions.Key.create("governance.attempts");

	private static final CallOptions.Key<Boolean> GOVERNED = CallOptions.Key.create("governance.governed");

	private final AsyncCallExecutor executor;

	private final CallOrigin origin;

	private final @Nullable String service;

	/**
	 * Creates an interceptor for channels whose authority names the called service.
	 * @param executor carries out calls
	 * @param origin this process
	 */
	public GovernedClientInterceptor(AsyncCallExecutor executor, CallOrigin origin) {
		this(executor, origin, null);
	}

	private GovernedClientInterceptor(AsyncCallExecutor executor, CallOrigin origin, @Nullable String service) {
		this.executor = executor;
		this.origin = origin;
		this.service = service;
	}

	/**
	 * An interceptor for a channel to a service that its authority does not name.
	 * @param name the called service, as rules name it
	 * @return the interceptor
	 */
	public GovernedClientInterceptor forService(String name) {
		return new GovernedClientInterceptor(this.executor, this.origin, name);
	}

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		if (options.getOption(GOVERNED) != null) {
			return next.newCall(method, options);
		}
		CallOptions once = options.withOption(GOVERNED, true);
		GrpcOutbound outbound = new GrpcOutbound(this.executor, this.origin, service(options, next));
		return (method.getType() == MethodType.UNARY) ? new UnaryCall<>(outbound, method, once, next)
				: new StreamCall<>(outbound, method, once, next);
	}

	private String service(CallOptions options, Channel next) {
		if (this.service != null) {
			return this.service;
		}
		String authority = (options.getAuthority() != null) ? options.getAuthority() : next.authority();
		return (authority != null) ? Authority.host(authority) : "";
	}

}
