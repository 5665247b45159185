// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;

/**
 * A collector's gRPC service, on a server that is not ours.
 */
final class GrpcBackend extends TraceServiceGrpc.TraceServiceImplBase implements ServerInterceptor, AutoCloseable {

	private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();

	private final List<Metadata> headers = new CopyOnWriteArrayList<>();

	private final ServerCredentials credentials;

	private volatile Status status = Status.OK;

	private volatile ExportTraceServiceResponse response = ExportTraceServiceResponse.getDefaultInstance();

	private final int port;

	private Server server;

	GrpcBackend(ServerCredentials credentials) {
		this.credentials = credentials;
		this.server = open(0);
		this.port = this.server.getPort();
	}

	private Server open(int port) {
		try {
			return OkHttpServerBuilder
				.forPort(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), this.credentials)
				.addService(this)
				.intercept(this)
				.build()
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
		if (!this.status.isOk()) {
			answer.onError(this.status.asRuntimeException());
			return;
		}
		this.requests.add(request);
		answer.onNext(this.response);
		answer.onCompleted();
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata,
			ServerCallHandler<Q, A> next) {
		this.headers.add(metadata);
		return next.startCall(call, metadata);
	}

	int port() {
		return this.port;
	}

	void answers(Status status) {
		this.status = status;
	}

	void answers(ExportTraceServiceResponse response) {
		this.response = response;
	}

	List<ExportTraceServiceRequest> requests() {
		return this.requests;
	}

	List<String> header(String name) {
		Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
		return this.headers.stream().map((metadata) -> String.valueOf(metadata.get(key))).toList();
	}

	void goAway() {
		this.server.shutdownNow();
		await();
	}

	void comeBack() {
		this.server = open(this.port);
	}

	private void await() {
		try {
			this.server.awaitTermination();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.server.shutdownNow();
	}

}
