// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The access log of the gateway.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayAccessLogIntegrationTests {

	private final BlockingQueue<ILoggingEvent> lines = new LinkedBlockingQueue<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			event.getMDCPropertyMap();
			GatewayAccessLogIntegrationTests.this.lines.add(event);
		}

	};

	private final TimeSource time = TimeSource.system();

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private DisposableServer streams;

	private TestGateway gateway;

	@BeforeAll
	void start() {
		this.streams = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes
				.get("/events",
						(request, response) -> response.sse()
							.sendString(Flux.just("data: 1\n\n", "data: 2\n\n", "data: 3\n\n")))
				.ws("/talk", (inbound, outbound) -> outbound.sendString(inbound.receive().asString())))
			.bindNow();
		ScriptedUpstream gone = ScriptedUpstream.start();
		gone.close();
		List<String> properties = new ArrayList<>(
				List.of("governance.tracing.access-log.enabled=true", "governance.tracing.access-log.format=json"));
		properties.addAll(List.of("governance.rules.fault.broken.match.service=orders",
				"governance.rules.fault.broken.match.path=/broken", "governance.rules.fault.broken.abort=500",
				"governance.rules.fault.broken.max-share=100"));
		properties.addAll(TestGateway.route(0, "orders", "lb://orders"));
		properties.addAll(TestGateway.route(1, "gone", "lb://gone"));
		properties.addAll(TestGateway.route(2, "nobody", "lb://nobody"));
		properties.addAll(TestGateway.route(3, "streams", "lb://streams"));
		properties.addAll(TestGateway.route(4, "half", "lb://half"));
		properties.add(TestGateway.instance("orders", 0, this.upstream.uri()));
		properties.add(TestGateway.instance("gone", 0, gone.uri()));
		properties.add(TestGateway.instance("half", 0, gone.uri()));
		properties.add(TestGateway.instance("half", 1, this.upstream.uri()));
		properties.add(TestGateway.instance("streams", 0, URI.create("http://127.0.0.1:" + this.streams.port())));
		this.gateway = TestGateway.start(properties);
		this.appender.start();
		((Logger) LoggerFactory.getLogger("io.governance.access")).addAppender(this.appender);
	}

	@AfterAll
	void stop() {
		((Logger) LoggerFactory.getLogger("io.governance.access")).detachAppender(this.appender);
		this.gateway.close();
		this.upstream.close();
		this.streams.disposeNow();
	}

	private String line() throws InterruptedException {
		return next().getFormattedMessage();
	}

	private ILoggingEvent next() throws InterruptedException {
		ILoggingEvent event = this.lines.poll(20, TimeUnit.SECONDS);
		assertThat(event).as("a line").isNotNull();
		return event;
	}

	@Test
	void aRoutedRequestNamesItsRouteServiceInstanceAndTrace() throws Exception {
		HttpResponse<String> response = this.gateway.get("/orders/7?token=s3cret");
		ILoggingEvent event = next();
		String trace = response.headers().firstValue("x-trace-id").orElseThrow();
		assertThat(event.getFormattedMessage()).contains("\"path\":\"/orders/7?token=***\"", "\"response_code\":200",
				"\"bytes_sent\":" + response.body().length(), "\"upstream_cluster\":\"orders\"",
				"\"upstream_host\":\"" + this.upstream.uri().getAuthority() + "\"", "\"route_name\":\"orders\"",
				"\"attempts\":1", "\"service\":\"gateway\"", "\"trace_id\":\"" + trace + "\"",
				"\"protocol\":\"HTTP/1.1\"");
		assertThat(event.getMDCPropertyMap()).containsEntry("traceId", trace);
	}

	@Test
	void bodiesAreCountedInBothDirections() throws Exception {
		this.upstream.script(Reply.status(200).body("x".repeat(50_000)));
		this.gateway.post("/orders/x", "y".repeat(60_000));
		assertThat(line()).contains("\"bytes_received\":60000", "\"bytes_sent\":50000");
	}

	@Test
	void attemptsAreCountedAndTheLastInstanceIsNamed() throws Exception {
		String last = null;
		for (int i = 0; i < 8 && (last == null || !last.contains("\"attempts\":2")); i++) {
			assertThat(this.gateway.get("/half/x").statusCode()).isEqualTo(200);
			last = line();
		}
		assertThat(last).contains("\"attempts\":2", "\"upstream_host\":\"" + this.upstream.uri().getAuthority() + "\"");
	}

	@Test
	void anInjectedFaultIsFlaggedAndNamed() throws Exception {
		HttpResponse<String> response = this.gateway.get("/orders/broken");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.headers().firstValue("x-governance-fault")).hasValue("fault/broken");
		assertThat(line())
			.contains("\"response_code\":500", "\"response_flags\":\"FI\"", "\"reason\":\"fault\"",
					"\"rule\":\"fault/broken\"")
			.doesNotContain("upstream_host");
	}

	@Test
	void failuresAreFlagged() throws Exception {
		this.gateway.get("/gone/x");
		assertThat(line()).contains("\"response_code\":503", "\"response_flags\":\"UF,URX\"",
				"\"reason\":\"connect-failed\"", "\"upstream_host\":\"127.0.0.1:");
		this.gateway.get("/nobody/x");
		assertThat(line()).contains("\"response_code\":503", "\"response_flags\":\"UH\"")
			.doesNotContain("upstream_host");
		this.gateway.get("/nothing");
		assertThat(line()).contains("\"response_code\":404", "\"response_flags\":\"NR\"");
	}

	@Test
	void anEventStreamIsLoggedWhenItEnds() throws Exception {
		this.gateway.get("/streams/events");
		assertThat(line()).contains("\"response_code\":200", "\"bytes_sent\":27");
	}

	@Test
	void aWebSocketIsLoggedOnceWhenItCloses() throws Exception {
		BlockingQueue<CharSequence> received = new LinkedBlockingQueue<>();
		WebSocket socket = connect(received);
		long connected = this.time.nanoTime();
		socket.sendText("hello", true);
		assertThat(received.poll(10, TimeUnit.SECONDS)).hasToString("hello");
		this.gateway.get("/orders/meanwhile");
		assertThat(line()).as("nothing of the socket yet").contains("\"path\":\"/orders/meanwhile\"");
		long open = TimeUnit.NANOSECONDS.toMillis(this.time.nanoTime() - connected);
		socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
		String line = line();
		assertThat(line)
			.contains("\"response_code\":101", "\"path\":\"/streams/talk\"", "\"upstream_cluster\":\"streams\"")
			.doesNotContain("response_flags\":\"");
		assertThat(Long.parseLong(line.replaceAll(".*\"duration\":(\\d+).*", "$1"))).isGreaterThanOrEqualTo(open);
		this.gateway.get("/orders/afterwards");
		assertThat(line()).as("nothing more of the socket").contains("\"path\":\"/orders/afterwards\"");
	}

	@Test
	void aWebSocketThatIsTornDownIsLoggedToo() throws Exception {
		connect(new LinkedBlockingQueue<>()).abort();
		assertThat(line()).contains("\"response_code\":101", "\"path\":\"/streams/talk\"");
	}

	@Test
	void aWebSocketThatIsRefusedIsLoggedAsSuch() throws Exception {
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> connect("/nobody/talk", new LinkedBlockingQueue<>()));
		assertThat(line()).contains("\"response_code\":503", "\"response_flags\":\"UH\"", "\"path\":\"/nobody/talk\"");
	}

	private WebSocket connect(BlockingQueue<CharSequence> received) throws Exception {
		return connect("/streams/talk", received);
	}

	private WebSocket connect(String path, BlockingQueue<CharSequence> received) throws Exception {
		return HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + this.gateway.port() + path), new WebSocket.Listener() {

				@Override
				public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
					received.add(text.toString());
					socket.request(1);
					return null;
				}

			})
			.get(10, TimeUnit.SECONDS);
	}

}
