// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.probe;

import java.time.Duration;

import io.governance.embeddedconsul.catalog.CheckStatus;
import io.governance.embeddedconsul.catalog.Probe;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.resolver.DefaultAddressResolverGroup;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/**
 * Makes single probes. Each has its own connection: a probe that found a pooled one would
 * not notice that nobody listens any more.
 */
final class ProbeClient {

	private static final int LONGEST_OUTPUT = 4096;

	private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

	private final LoopResources loops = LoopResources.create("governance-embedded-consul-probe", 1, true);

	private final HttpClient http = HttpClient.create(ConnectionProvider.newConnection())
		.runOn(this.loops, false)
		.resolver(DefaultAddressResolverGroup.INSTANCE);

	private final GrpcProbe grpc = new GrpcProbe(this.loops);

	private final TcpClient tcp = TcpClient.newConnection()
		.runOn(this.loops, false)
		.resolver(DefaultAddressResolverGroup.INSTANCE);

	Mono<Result> probe(Probe probe) {
		return switch (probe.kind()) {
			case HTTP -> http(probe);
			case TCP -> tcp(probe);
			case GRPC -> this.grpc.probe(probe);
		};
	}

	private Mono<Result> http(Probe probe) {
		return Certificates.of(this.http, probe.tls())
			.headers((headers) -> probe.headers().forEach(headers::set))
			.request(HttpMethod.valueOf(probe.method()))
			.uri(probe.target())
			.responseSingle((response,
					body) -> body.asString().defaultIfEmpty("").map((text) -> result(probe, response.status(), text)));
	}

	private Mono<Result> tcp(Probe probe) {
		int colon = probe.target().lastIndexOf(':');
		String host = probe.target().substring(0, Math.max(0, colon));
		return Mono.fromCallable(() -> Integer.parseInt(probe.target().substring(colon + 1)))
			.flatMap((port) -> this.tcp.host(host).port(port).connect())
			.map((connection) -> {
				connection.dispose();
				return new Result(CheckStatus.PASSING, "TCP connect " + probe.target() + ": Success");
			});
	}

	void stop() {
		this.loops.disposeLater(Duration.ZERO, STOP_WITHIN).block(STOP_WITHIN);
	}

	private static Result result(Probe probe, HttpResponseStatus status, String body) {
		String text = (body.length() > LONGEST_OUTPUT) ? body.substring(0, LONGEST_OUTPUT) : body;
		String output = "HTTP " + probe.method() + " " + probe.target() + ": " + status + " Output: " + text;
		return new Result(status(status.code()), output);
	}

	private static CheckStatus status(int code) {
		if (code >= 200 && code < 300) {
			return CheckStatus.PASSING;
		}
		return (code == HttpResponseStatus.TOO_MANY_REQUESTS.code()) ? CheckStatus.WARNING : CheckStatus.CRITICAL;
	}

	/**
	 * What a probe found.
	 */
	record Result(CheckStatus status, String output) {
	}

}
