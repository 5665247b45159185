// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.List;
import java.util.Locale;

import io.governance.client.CallOrigin;
import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A call of a gRPC client, as its rules see it: {@code POST /package.Service/Method}. It
 * has no address: what it asks for is in a message.
 */
final class GrpcClientRequest implements Call {

	private final CallOrigin origin;

	private final CallContext context;

	private final String service;

	private final MethodDescriptor<?, ?> method;

	private final Metadata headers;

	GrpcClientRequest(CallOrigin origin, CallContext context, String service, MethodDescriptor<?, ?> method,
			Metadata headers) {
		this.origin = origin;
		this.context = context;
		this.service = service;
		this.method = method;
		this.headers = headers;
	}

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String service() {
		return this.service;
	}

	@Override
	public String method() {
		return "POST";
	}

	@Override
	public String path() {
		return "/" + this.method.getFullMethodName();
	}

	@Override
	public String host() {
		return this.service.toLowerCase(Locale.ROOT);
	}

	@Override
	public @Nullable String header(String name) {
		return MetadataHeaders.first(this.headers, name);
	}

	@Override
	public List<String> headers(String name) {
		return MetadataHeaders.all(this.headers, name);
	}

	@Override
	public @Nullable String query(String name) {
		return null;
	}

	@Override
	public String caller() {
		return this.origin.caller();
	}

	@Override
	public Priority priority() {
		String own = header(GovernanceHeaders.PRIORITY);
		return (own != null) ? Priority.fromWire(own) : this.context.priority();
	}

	@Override
	public @Nullable String label(String name) {
		String label = this.context.labels().get(name);
		return (label != null) ? label : this.origin.labels().label(name);
	}

	/**
	 * As its {@code idempotency_level} says.
	 */
	@Override
	public boolean isIdempotent() {
		return this.method.isIdempotent();
	}

}
