// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * A gRPC server that has an upstream of the contract say what it answers: the upstream's
 * status in gRPC's words, its headers as trailers, and its body as message or
 * description. Where the upstream breaks a connection, this breaks its own.
 */
final class GrpcBridge implements AutoCloseable {

	/** In a call: which method of HTTP the upstream is to see. */
	static final String METHOD = "x-contract-method";

	private static final Context.Key<Metadata> HEADERS = Context.key("headers");

	private static final Set<String> OWN = Set.of(METHOD, "content-type", "user-agent", "te", "grpc-accept-encoding",
			"grpc-timeout");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI upstream;

	private final Server server;

	private final Relay relay;

	GrpcBridge(URI upstream) {
		this.upstream = upstream;
		try {
			this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
				.fallbackHandlerRegistry(new Methods())
				.intercept(new KeepHeaders())
				.maxInboundMessageSize(10_000_000)
				.build()
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.relay = new Relay(this.server.getPort());
	}

	int port() {
		return this.relay.port();
	}

	private void call(String name, String body, StreamObserver<String> observer) {
		Metadata headers = HEADERS.get();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.upstream + "/" + name))
			.method(String.valueOf(MetadataHeaders.first(headers, METHOD)), BodyPublishers.ofString(body));
		for (String header : headers.keys()) {
			if (!OWN.contains(header)) {
				MetadataHeaders.all(headers, header).forEach((value) -> request.header(header, value));
			}
		}
		this.client.sendAsync(request.build(), BodyHandlers.ofString())
			.whenComplete((response, error) -> answer(response, error, observer));
	}

	private void answer(@Nullable HttpResponse<String> response, @Nullable Throwable error,
			StreamObserver<String> observer) {
		if (response == null) {
			this.relay.breakConnections();
			return;
		}
		Metadata trailers = new Metadata();
		response.headers().map().forEach((name, values) -> {
			if (!Set.of("content-length", "date", "connection").contains(name)) {
				values.forEach((value) -> MetadataHeaders.add(trailers, name, value));
			}
		});
		if (response.statusCode() < 300) {
			observer.onNext(response.body());
			observer.onCompleted();
			return;
		}
		Status status = GrpcStatuses.of(response.statusCode()).withDescription(response.body());
		observer.onError(status.asRuntimeException(trailers));
	}

	@Override
	public void close() {
		this.relay.close();
		this.server.shutdownNow();
	}

	private final class Methods extends HandlerRegistry {

		@Override
		public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
			return ServerMethodDefinition.create(Texts.method(MethodType.UNARY, name), ServerCalls
				.asyncUnaryCall((String body, StreamObserver<String> observer) -> call(name, body, observer)));
		}

	}

	private static final class KeepHeaders implements ServerInterceptor {

		@Override
		public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
				ServerCallHandler<Q, R> next) {
			return Contexts.interceptCall(Context.current().withValue(HEADERS, headers), call, headers, next);
		}

	}

}
