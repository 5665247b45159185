// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.probe;

import java.nio.charset.StandardCharsets;

import io.governance.embeddedconsul.catalog.CheckStatus;
import io.governance.embeddedconsul.catalog.Probe;
import io.governance.embeddedconsul.probe.ProbeClient.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Asks {@code grpc.health.v1.Health/Check}. Both messages have one field, so that no
 * library is needed: the request the service's name, the answer a number, where 1 is
 * {@code SERVING}.
 */
final class GrpcProbe {

	private static final String PATH = "/grpc.health.v1.Health/Check";

	/** One byte for "not compressed", four for the length. */
	private static final int PREFIX = 5;

	private static final int NAME_FIELD = 0x0a;

	private static final int STATUS_FIELD = 0x08;

	private static final int SERVING = 1;

	private static final int LONGEST_NAME = 127;

	private final HttpClient http;

	GrpcProbe(LoopResources loops) {
		this.http = HttpClient.create(ConnectionProvider.newConnection())
			.runOn(loops, false)
			.resolver(DefaultAddressResolverGroup.INSTANCE)
			.headers((headers) -> headers.set("content-type", "application/grpc").set("te", "trailers"));
	}

	Mono<Result> probe(Probe probe) {
		String target = probe.target();
		int slash = target.indexOf('/');
		String authority = (slash < 0) ? target : target.substring(0, slash);
		String service = (slash < 0) ? "" : target.substring(slash + 1);
		boolean tls = probe.tls().grpc();
		HttpClient client = tls ? Certificates.http2(this.http.protocol(HttpProtocol.H2), probe.tls())
				: this.http.protocol(HttpProtocol.H2C);
		return client.post()
			.uri((tls ? "https://" : "http://") + authority + PATH)
			.send(Mono.fromSupplier(() -> request(service)))
			.responseSingle((response, body) -> body.map(GrpcProbe::status)
				.defaultIfEmpty(-1)
				.map((status) -> result(target, status, response.responseHeaders().get("grpc-status"))));
	}

	private static Result result(String target, int status, @Nullable String refused) {
		if (status == SERVING) {
			return new Result(CheckStatus.PASSING, "gRPC check " + target + ": success");
		}
		String why = (status >= 0) ? "health status " + status : "rpc error: code = " + refused;
		return new Result(CheckStatus.CRITICAL, "gRPC check " + target + ": " + why);
	}

	private static ByteBuf request(String service) {
		byte[] name = service.getBytes(StandardCharsets.UTF_8);
		if (name.length > LONGEST_NAME) {
			throw new IllegalArgumentException("service: " + service + " (expected: at most 127 bytes)");
		}
		int length = (name.length == 0) ? 0 : name.length + 2;
		ByteBuf message = Unpooled.buffer(PREFIX + length).writeByte(0).writeInt(length);
		if (length > 0) {
			message.writeByte(NAME_FIELD).writeByte(name.length).writeBytes(name);
		}
		return message;
	}

	/** An absent field is 0, as always. */
	private static int status(ByteBuf body) {
		if (body.readableBytes() < PREFIX) {
			return -1;
		}
		body.skipBytes(PREFIX);
		return (body.readableBytes() >= 2 && body.readByte() == STATUS_FIELD) ? body.readByte() : 0;
	}

}
