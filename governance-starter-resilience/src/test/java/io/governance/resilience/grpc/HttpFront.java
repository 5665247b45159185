// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rejection.RejectionAnswer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;

/**
 * A client of a gRPC server that speaks HTTP with the contract: one call per request, and
 * what gRPC says of the answer put into HTTP's words.
 */
final class HttpFront implements AutoCloseable {

	/** By which an application's own answer is known. */
	static final String OWN_STATUS = "x-own-status";

	private static final Set<String> STREAMS = Set.of("stream", "held-stream", "endless");

	private static final Set<String> HOP = Set.of("host", "connection", "content-length", "user-agent", "upgrade",
			"http2-settings");

	private final Channel channel;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	HttpFront(Channel channel) {
		this.channel = channel;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	private void handle(HttpExchange exchange) {
		Context.CancellableContext context = Context.current().withCancellation();
		context.run(() -> {
			try (exchange) {
				call(exchange);
			}
			catch (IOException ex) {
				context.cancel(ex);
			}
		});
		context.cancel(null);
	}

	private void call(HttpExchange exchange) throws IOException {
		String name = exchange.getRequestURI().getRawPath().substring(1);
		MethodType type = STREAMS.contains(name) ? MethodType.SERVER_STREAMING : MethodType.UNARY;
		MethodDescriptor<String, String> method = Texts.method(type, name);
		AtomicReference<Metadata> headers = new AtomicReference<>();
		Channel asked = ClientInterceptors.intercept(this.channel,
				MetadataUtils.newAttachHeadersInterceptor(headers(exchange)),
				MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
		try {
			Iterator<String> answers = ClientCalls.blockingServerStreamingCall(asked, method, CallOptions.DEFAULT, "");
			String first = answers.next();
			copy(headers.get(), exchange);
			exchange.sendResponseHeaders(200, 0);
			OutputStream body = exchange.getResponseBody();
			write(body, first);
			while (answers.hasNext()) {
				write(body, answers.next());
			}
		}
		catch (StatusRuntimeException ex) {
			fail(exchange, ex);
		}
	}

	private static void write(OutputStream body, String text) throws IOException {
		body.write(text.getBytes(StandardCharsets.UTF_8));
		body.flush();
	}

	private static Metadata headers(HttpExchange exchange) {
		Metadata headers = new Metadata();
		exchange.getRequestHeaders().forEach((name, values) -> {
			if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach((value) -> MetadataHeaders.add(headers, name, value));
			}
		});
		return headers;
	}

	private static void copy(Metadata metadata, HttpExchange exchange) {
		for (String name : metadata.keys()) {
			if (!name.equals("content-type") && !name.startsWith("grpc-")) {
				MetadataHeaders.all(metadata, name).forEach((value) -> exchange.getResponseHeaders().add(name, value));
			}
		}
	}

	private static void fail(HttpExchange exchange, StatusRuntimeException failure) throws IOException {
		Metadata trailers = (failure.getTrailers() != null) ? failure.getTrailers() : new Metadata();
		int status = GrpcStatuses.http(failure.getStatus().getCode());
		String reason = MetadataHeaders.first(trailers, GrpcStatuses.REASON);
		String own = MetadataHeaders.first(trailers, OWN_STATUS);
		byte[] body = new byte[0];
		copy(trailers, exchange);
		if (reason != null) {
			RejectionAnswer answer = RejectionAnswer.afterWork(new Rejection(new Reason(reason, status, false),
					MetadataHeaders.first(trailers, GrpcStatuses.RULE), 0), null);
			body = answer.body();
			exchange.getResponseHeaders().putAll(Map.of("Content-Type", List.of(RejectionAnswer.MEDIA_TYPE)));
		}
		exchange.sendResponseHeaders((own != null) ? Integer.parseInt(own) : status,
				(body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
