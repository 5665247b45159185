// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.io.ByteArrayOutputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.governance.embeddedconsul.catalog.Catalog;
import io.governance.embeddedconsul.kv.KeyValues;
import io.governance.embeddedconsul.store.RefusedException;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP server. A blocked query holds a connection and no thread.
 */
public final class RegistryServer {

	private static final Logger logger = LoggerFactory.getLogger(RegistryServer.class);

	private static final int LONGEST_BODY = 512 * 1024;

	/** Digits of a length that is certainly a number; more are too many anyway. */
	private static final int LONGEST_LENGTH = 9;

	private static final int LONGEST_LINE = 16 * 1024;

	private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

	private final JsonMapper json = JsonMapper.builder().build();

	private final JsonMapper prettyJson = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final Routes routes = new Routes();

	private final LoopResources loops = LoopResources.create("governance-embedded-consul", 2, true);

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final DisposableServer server;

	private volatile @Nullable String fault;

	private RegistryServer(String host, int port, Catalog catalog, KeyValues keyValues) {
		new AgentApi(catalog).addTo(this.routes);
		new AgentSelf(catalog.node()).addTo(this.routes);
		new CatalogApi(catalog).addTo(this.routes);
		new HealthApi(catalog).addTo(this.routes);
		new KeyValueApi(keyValues).addTo(this.routes);
		this.server = bind(host, port);
	}

	/**
	 * Starts a server.
	 * @param host the address to bind
	 * @param port the port to bind, 0 for a free one
	 * @param catalog what the catalog, health and agent paths speak of
	 * @param keyValues what the key/value paths speak of
	 * @return the running server
	 * @throws IllegalStateException when the address cannot be bound
	 */
	public static RegistryServer start(String host, int port, Catalog catalog, KeyValues keyValues) {
		return new RegistryServer(host, port, catalog, keyValues);
	}

	/**
	 * The port in use.
	 * @return the bound port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Stops at once: open connections are closed, blocked queries get no answer.
	 */
	public void stop() {
		this.server.dispose();
		this.connections.close().awaitUninterruptibly(STOP_WITHIN.toMillis());
		this.server.onDispose().block(STOP_WITHIN);
		this.loops.disposeLater(Duration.ZERO, STOP_WITHIN).block(STOP_WITHIN);
	}

	private DisposableServer bind(String host, int port) {
		try {
			return HttpServer.create()
				.host(host)
				.port(port)
				.runOn(this.loops, false)
				.httpRequestDecoder((spec) -> spec.maxInitialLineLength(LONGEST_LINE))
				.doOnConnection((connection) -> this.connections.add(connection.channel()))
				.handle(this::handle)
				.bindNow();
		}
		catch (ChannelBindException ex) {
			this.loops.disposeLater(Duration.ZERO, STOP_WITHIN).subscribe();
			String why = (ex.getCause() instanceof BindException) ? "a free port" : "an address of this machine";
			throw new IllegalStateException("address: " + host + ":" + port + " (expected: " + why + ")", ex);
		}
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return body(request).map((body) -> ApiRequest.of(request.method().name(), request.uri(), body))
			.flatMap((parsed) -> answer(parsed).flatMap((reply) -> write(response, reply, parsed.has("pretty"))))
			.onErrorResume(RefusedException.class, (refused) -> write(response, refused(refused), false));
	}

	private Mono<Reply> answer(ApiRequest request) {
		// A supplier, so that the client's going away cancels the future.
		return Mono.fromFuture(() -> this.routes.answer(request)).onErrorResume((failure) -> {
			if (!failure.toString().equals(this.fault)) {
				logger.error("request failed method={} path={}", request.method(), request.path(), failure);
			}
			this.fault = failure.toString();
			return Mono.just(Reply.text(500, failure.toString()));
		});
	}

	private static Mono<byte[]> body(HttpServerRequest request) {
		String length = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
		if (length != null && (length.length() > LONGEST_LENGTH || Long.parseLong(length) > LONGEST_BODY)) {
			return Mono.error(tooLarge(length));
		}
		return request.receive()
			.asByteArray()
			.collect(ByteArrayOutputStream::new, RegistryServer::append)
			.map(ByteArrayOutputStream::toByteArray);
	}

	private static void append(ByteArrayOutputStream collected, byte[] bytes) {
		if (collected.size() + bytes.length > LONGEST_BODY) {
			throw tooLarge("more than " + LONGEST_BODY);
		}
		collected.writeBytes(bytes);
	}

	private static RefusedException tooLarge(String length) {
		return new RefusedException(413,
				"Request body(" + length + " bytes) too large, max size: " + LONGEST_BODY + " bytes.");
	}

	private static Reply refused(RefusedException refused) {
		Reply reply = Reply.text(refused.status(), refused.text());
		// What is left of an oversized body is not read.
		return (refused.status() == 413) ? reply.header("Connection", "close") : reply;
	}

	private Mono<Void> write(HttpServerResponse response, Reply reply, boolean pretty) {
		byte[] body = bytes(reply.body(), pretty);
		response.status(HttpResponseStatus.valueOf(reply.status()));
		reply.headers().forEach(response::header);
		if (reply.contentType() != null) {
			response.header(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
		}
		response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
		return response.sendByteArray(Mono.just(body)).then();
	}

	private byte[] bytes(@Nullable Object body, boolean pretty) {
		if (body instanceof byte[] bytes) {
			return bytes;
		}
		if (body == null) {
			return "null".getBytes(StandardCharsets.UTF_8);
		}
		return (pretty ? this.prettyJson : this.json).writeValueAsBytes(body);
	}

}
