// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.URI;

import io.governance.test.contract.StreamGate;
import io.netty.buffer.ByteBufUtil;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * The service behind the gateway in the inbound contract.
 */
record ContractUpstream(DisposableServer server) implements AutoCloseable {

	static ContractUpstream start(StreamGate gate) {
		return new ContractUpstream(HttpServer.create().host("127.0.0.1").port(0).route((routes) -> {
			for (String path : new String[] { "/hello", "/me", "/cors" }) {
				routes.get(path, (request, response) -> response.sendString(Mono.just("hello")));
				routes.head(path, (request, response) -> response.send());
			}
			routes.get("/fail", (request, response) -> response.status(500).send());
			routes.get("/stream",
					(request,
							response) -> response.sendGroups(Flux
								.concat(Mono.just("first\n"), Mono.fromFuture(gate.opened(), true).thenReturn("last\n"))
								.map((part) -> Mono.just(ByteBufUtil.writeUtf8(response.alloc(), part)))));
			for (String path : new String[] { "/held", "/held-async" }) {
				routes.get(path, (request, response) -> response
					.sendString(Mono.fromFuture(gate.opened(), true).thenReturn("late")));
			}
			routes.get("/held-stream",
					(request, response) -> response.sse()
						.sendHeaders()
						.sendString(Mono.fromFuture(gate.opened(), true).thenReturn("data:late\n\n")));
			routes.get("/endless", (request, response) -> response
				.sendString(Flux.generate((sink) -> sink.next("and so on\n".repeat(1000)))));
		}).bindNow());
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
