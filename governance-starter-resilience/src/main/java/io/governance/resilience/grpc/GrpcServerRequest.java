// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

import io.governance.context.CallContext;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.resilience.inbound.InboundSettings;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * A call of a gRPC server as the engine sees it: {@code POST /package.Service/Method}.
 */
final class GrpcServerRequest implements Call {

	private final ServerCall<?, ?> call;

	private final Metadata headers;

	private final CallContext context;

	private final InboundSettings settings;

	private final @Nullable String principal;

	GrpcServerRequest(ServerCall<?, ?> call, Metadata headers, CallContext context, InboundSettings settings,
			@Nullable String principal) {
		this.call = call;
		this.headers = headers;
		this.context = context;
		this.settings = settings;
		this.principal = principal;
	}

	/**
	 * The address of the peer; {@code null} for one without, such as the same process.
	 */
	static @Nullable InetAddress peer(ServerCall<?, ?> call) {
		return (call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress address)
				? address.getAddress() : null;
	}

	@Override
	public Direction direction() {
		return Direction.INBOUND;
	}

	@Override
	public String service() {
		return this.settings.service();
	}

	@Override
	public String method() {
		return "POST";
	}

	@Override
	public String path() {
		return "/" + this.call.getMethodDescriptor().getFullMethodName();
	}

	@Override
	public @Nullable String host() {
		String authority = this.call.getAuthority();
		return (authority != null) ? Authority.host(authority).toLowerCase(Locale.ROOT) : null;
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
	public @Nullable String clientIp() {
		InetAddress peer = peer(this.call);
		return (peer != null) ? peer.getHostAddress() : null;
	}

	@Override
	public @Nullable String label(String name) {
		return this.settings.labels().label(name);
	}

}
