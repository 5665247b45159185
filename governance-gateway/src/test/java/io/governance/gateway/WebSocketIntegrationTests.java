// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * WebSockets through the gateway.
 */
class WebSocketIntegrationTests {

	@ParameterizedTest
	@ValueSource(strings = { "lb://echo", "lb:ws://echo" })
	void aWebSocketGoesToAnInstance(String uri) throws Exception {
		DisposableServer upstream = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.ws("/talk",
					(inbound, outbound) -> outbound
						.sendString(inbound.receive().asString().map((text) -> "re: " + text))))
			.bindNow();
		List<String> properties = new ArrayList<>(TestGateway.route(0, "echo", uri));
		properties.add(TestGateway.instance("echo", 0, URI.create("http://127.0.0.1:" + upstream.port())));
		try (TestGateway gateway = TestGateway.start(properties)) {
			CompletableFuture<String> answer = new CompletableFuture<>();
			WebSocket socket = open(gateway, answer);
			socket.sendText("hello", true);
			assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("re: hello");
			socket.abort();
		}
		finally {
			upstream.disposeNow();
		}
	}

	@Test
	void webSocketsTakeNoConnectionOfCalls() throws Exception {
		DisposableServer upstream = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes
				.ws("/talk", (inbound, outbound) -> outbound.sendString(inbound.receive().asString()).neverComplete())
				.get("/call", (request, response) -> response.sendString(Mono.just("called"))))
			.bindNow();
		List<String> properties = new ArrayList<>(TestGateway.route(0, "echo", "lb://echo"));
		properties.add(TestGateway.instance("echo", 0, URI.create("http://127.0.0.1:" + upstream.port())));
		properties.addAll(
				List.of("governance.discovery.connection.pool-size=2", "governance.discovery.connection.max-pending=2",
						"governance.discovery.connection.pending-timeout=200ms"));
		List<WebSocket> sockets = new ArrayList<>();
		try (TestGateway gateway = TestGateway.start(properties)) {
			for (int i = 0; i < 5; i++) {
				CompletableFuture<String> answer = new CompletableFuture<>();
				sockets.add(open(gateway, answer));
				sockets.get(i).sendText("hello", true);
				assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
			}
			assertThat(gateway.get("/echo/call").body()).isEqualTo("called");
			sockets.forEach(WebSocket::abort);
		}
		finally {
			upstream.disposeNow();
		}
	}

	private static WebSocket open(TestGateway gateway, CompletableFuture<String> answer) throws Exception {
		return HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/echo/talk"), new First(answer))
			.get(10, TimeUnit.SECONDS);
	}

	/**
	 * Takes the first message.
	 */
	private record First(CompletableFuture<String> answer) implements WebSocket.Listener {

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
			this.answer.complete(text.toString());
			return CompletableFuture.completedFuture(text);
		}

	}

}
