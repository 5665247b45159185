// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.governance.test.StuckListener;
import io.governance.time.TimeSource;
import io.governance.tracing.export.ExportSettings.Connection;
import io.governance.tracing.export.ExportSettings.Format;
import io.governance.tracing.export.ExportSettings.Queue;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequester;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The exporter with backends that work, fail, hang and come back.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpanExporterIntegrationTests {

	private static final Queue SLOW_FLUSH = new Queue(10, 1 << 20, Duration.ofMinutes(1), Duration.ofMillis(800));

	@Test
	void zipkinGetsSpansInBatches() {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.ZIPKIN, backend.url("/api/v2/spans"))) {
			exports.spans(700);
			await().untilAsserted(() -> assertThat(exports.exported()).isEqualTo(700));
			assertThat(backend.messages()).hasSizeLessThan(50).allSatisfy((message) -> {
				assertThat(message.path()).isEqualTo("/api/v2/spans");
				assertThat(message.headers().getFirst("content-type")).isEqualTo("application/json");
				assertThat(message.headers().getFirst("authorization")).isEqualTo("Bearer secret");
				assertThat(message.headers().getFirst("b3")).isEqualTo("0");
			});
			assertThat(backend.messages().stream().mapToInt((message) -> spansOf(message)).sum()).isEqualTo(700);
		}
	}

	private static int spansOf(Backend.Message message) {
		return new String(message.body(), StandardCharsets.UTF_8).split("\"traceId\"").length - 1;
	}

	@Test
	void aCollectorGetsOtlpOverHttp() throws IOException {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.OTLP_HTTP, backend.url("/v1/traces"))) {
			exports.spans(1);
			await().until(() -> !backend.messages().isEmpty());
			Backend.Message message = backend.messages().get(0);
			assertThat(message.headers().getFirst("content-type")).isEqualTo("application/x-protobuf");
			assertThat(spans(ExportTraceServiceRequest.parseFrom(message.body()))).extracting(Span::getName)
				.containsExactly("work 0");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 400 })
	void aCollectorGetsOtlpOverGrpc(int count) {
		try (GrpcBackend backend = new GrpcBackend(InsecureServerCredentials.create());
				Exports exports = Exports.started(Format.OTLP_GRPC, "http://127.0.0.1:" + backend.port())) {
			exports.spans(count);
			await().untilAsserted(() -> assertThat(exports.exported()).isEqualTo(count));
			assertThat(backend.requests().stream().mapToInt((request) -> spans(request).size()).sum()).isEqualTo(count);
			assertThat(backend.header("authorization")).containsOnly("Bearer secret");
			assertThat(exports.exporter().counts().failedMessages()).isZero();
		}
	}

	private static List<Span> spans(ExportTraceServiceRequest request) {
		return request.getResourceSpans(0).getScopeSpans(0).getSpansList();
	}

	@Test
	void aGrpcServerThatWasAwayGetsSpansAgain(CapturedOutput output) {
		try (GrpcBackend backend = new GrpcBackend(InsecureServerCredentials.create());
				Exports exports = Exports.started(Format.OTLP_GRPC, "http://127.0.0.1:" + backend.port())) {
			exports.spans(1);
			await().until(() -> exports.exported() == 1);
			backend.goAway();
			exports.spans(1);
			await().until(() -> exports.exporter().counts().failedMessages() > 0);
			backend.comeBack();
			await().untilAsserted(() -> assertThat(exports.exported()).isEqualTo(2));
			assertThat(output).containsOnlyOnce("span export fails: to=otlp/grpc")
				.containsOnlyOnce("span export works again")
				.doesNotContain("secret");
		}
	}

	@Test
	void aGrpcConnectionThatLeadsNowhereIsReplaced() {
		try (GrpcBackend backend = new GrpcBackend(InsecureServerCredentials.create());
				Relay relay = Relay.to(backend.port());
				Exports exports = Exports.started(Format.OTLP_GRPC, "http://127.0.0.1:" + relay.port())) {
			exports.spans(1);
			await().until(() -> exports.exported() == 1);
			relay.stallOpenConnections();
			exports.spans(1);
			await().until(() -> exports.exported() == 2);
			assertThat(exports.exporter().counts().failedMessages()).isPositive();
		}
	}

	@Test
	void whatAGrpcServerRefusesIsDropped(CapturedOutput output) {
		try (GrpcBackend backend = new GrpcBackend(InsecureServerCredentials.create());
				Exports exports = Exports.started(Format.OTLP_GRPC, "http://127.0.0.1:" + backend.port())) {
			backend.answers(Status.UNAUTHENTICATED.withDescription("who are you"));
			exports.spans(2);
			await().until(() -> exports.dropped(DropReason.SEND_FAILED) == 2);
			assertThat(output).contains("reason=\"gRPC status 16: who are you\"");
		}
	}

	@ParameterizedTest
	@EnumSource(Format.class)
	void aBackendThatIsNotThereCostsNothingButSpans(Format format, CapturedOutput output) throws IOException {
		int closed;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			closed = socket.getLocalPort();
		}
		try (Exports exports = Exports.started(format, "http://127.0.0.1:" + closed)) {
			assertThat(millis(() -> exports.spans(5000))).isLessThan(2000);
			assertThat(exports.exporter().queuedSpans()).isLessThanOrEqualTo(1000);
			assertThat(exports.dropped(DropReason.QUEUE_FULL)).isPositive();
			await().atMost(Duration.ofSeconds(20)).until(() -> exports.dropped(DropReason.SEND_FAILED) > 0);
			assertThat(output).containsOnlyOnce("span export fails").doesNotContain("\tat ");
		}
	}

	@ParameterizedTest
	@EnumSource(Format.class)
	void aBackendThatHangsCostsNothingButSpans(Format format, CapturedOutput output) {
		try (StuckListener hung = StuckListener.open(); Exports exports = Exports.started(format, "" + hung.uri())) {
			assertThat(millis(() -> exports.spans(5000))).isLessThan(2000);
			assertThat(exports.exporter().queuedSpans()).isLessThanOrEqualTo(1000);
			await().until(() -> exports.exporter().counts().failedMessages() > 0);
			assertThat(millis(exports.exporter()::stop)).isLessThan(2500);
			assertThat(exports.exporter().queuedSpans()).isZero();
			assertThat(exports.exporter().counts().droppedSpans() + exports.exported()).isEqualTo(5000);
			assertThat(output).containsOnlyOnce("span export fails");
		}
	}

	@ParameterizedTest
	@EnumSource(Format.class)
	void aBackendThatAcceptsAndNeverAnswersHoldsNoStop(Format format) throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Exports exports = Exports.started(format, "http://127.0.0.1:" + silent.getLocalPort())) {
			exports.spans(10);
			await().until(() -> exports.exporter().counts().failedMessages() > 0);
			assertThat(millis(exports.exporter()::stop)).isLessThan(2500);
			assertThat(exports.exporter().counts().droppedSpans()).isEqualTo(10);
		}
	}

	@Test
	void aBackendThatComesBackGetsWhatWaits(CapturedOutput output) {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.ZIPKIN, backend.url("/api/v2/spans"))) {
			backend.goAway();
			exports.spans(10);
			await().until(() -> exports.exporter().counts().failedMessages() > 0);
			backend.comeBack();
			await().atMost(Duration.ofSeconds(20)).until(() -> exports.exported() == 10);
			assertThat(output).containsOnlyOnce("span export fails: to=zipkin " + backend.url("/api/v2/spans"))
				.containsOnlyOnce("span export works again")
				.doesNotContain("secret");
		}
	}

	@Test
	void whatABackendRefusesIsNotTriedAgain() {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.ZIPKIN, backend.url("/api/v2/spans"))) {
			backend.answers(400);
			exports.spans(1);
			await().until(() -> exports.dropped(DropReason.SEND_FAILED) == 1);
			assertThat(backend.messages()).hasSize(1);
		}
	}

	@Test
	void whatABackendCannotTakeNowIsTriedAgain() {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.ZIPKIN, backend.url("/api/v2/spans"))) {
			backend.answers(503);
			exports.spans(1);
			await().until(() -> !backend.messages().isEmpty());
			backend.answers(202);
			await().until(() -> exports.exported() == 1);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 408, 500, 501 })
	void aCollectorThatSaysNotToTryAgainIsObeyed(int status) {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.OTLP_HTTP, backend.url("/v1/traces"))) {
			backend.answers(status);
			exports.spans(1);
			await().until(() -> exports.dropped(DropReason.SEND_FAILED) == 1);
			assertThat(backend.messages()).hasSize(1);
		}
	}

	@Test
	void aBackendThatAsksToWaitIsNotAskedBefore() {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.OTLP_HTTP, backend.url("/v1/traces"))) {
			backend.answers(503, Map.of("Retry-After", "3"), new byte[0]);
			assertThat(millis(() -> {
				exports.spans(1);
				await().until(() -> !backend.messages().isEmpty());
				backend.answers(200);
				await().until(() -> exports.exported() == 1);
			})).isGreaterThanOrEqualTo(3000);
			assertThat(backend.messages()).hasSize(2);
		}
	}

	@Test
	void spansThatACollectorRejectsAreNoExports(CapturedOutput output) {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.OTLP_HTTP, backend.url("/v1/traces"))) {
			backend.answers(200, Map.of("Content-Type", "application/x-protobuf"), rejected().toByteArray());
			exports.spans(3);
			await().until(() -> exports.dropped(DropReason.REJECTED) > 0);
			exports.spans(3);
			await().until(() -> exports.exported() + exports.dropped(DropReason.REJECTED) == 6);
			assertThat(exports.dropped(DropReason.REJECTED)).isEqualTo(2L * backend.messages().size());
			assertThat(output).containsOnlyOnce("span export is refused in part")
				.contains("rejected=2 reason=\"too old\"");
		}
	}

	@Test
	void spansThatACollectorRejectsOverGrpcAreNoExports() {
		try (GrpcBackend backend = new GrpcBackend(InsecureServerCredentials.create());
				Exports exports = Exports.started(Format.OTLP_GRPC, "http://127.0.0.1:" + backend.port(), SLOW_FLUSH)) {
			backend.answers(rejected());
			exports.spans(5);
			await().until(() -> exports.dropped(DropReason.REJECTED) == 2);
			assertThat(exports.exported()).isEqualTo(3);
		}
	}

	private static ExportTraceServiceResponse rejected() {
		return ExportTraceServiceResponse.newBuilder()
			.setPartialSuccess(
					ExportTracePartialSuccess.newBuilder().setRejectedSpans(2).setErrorMessage("too old").build())
			.build();
	}

	@Test
	void aSmallQueueIsSentWhenItIsHalfFull() {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.ZIPKIN, backend.url("/api/v2/spans"), SLOW_FLUSH)) {
			exports.spans(5);
			await().until(() -> exports.exported() == 5);
			assertThat(exports.dropped(DropReason.QUEUE_FULL)).isZero();
		}
	}

	@Test
	void aBackendThatIsSlowIsSaidOnce(CapturedOutput output) {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.ZIPKIN, backend.url("/api/v2/spans"), SLOW_FLUSH)) {
			exports.spans(1000);
			exports.spans(1000);
			assertThat(exports.dropped(DropReason.QUEUE_FULL)).isPositive();
			await().untilAsserted(() -> assertThat(output).containsOnlyOnce("span export is too slow: to=zipkin"));
			assertThat(output).doesNotContain("span export fails");
		}
	}

	@Test
	void aGrpcConnectionWhoseThreadEndedIsMadeAnew() throws Exception {
		try (GrpcBackend backend = new GrpcBackend(InsecureServerCredentials.create())) {
			Connection connection = Exports
				.settings(Format.OTLP_GRPC, "http://127.0.0.1:" + backend.port(), null, SLOW_FLUSH)
				.connection();
			List<H2MultiplexingRequester> requesters = new ArrayList<>();
			try (GrpcSpanSender sender = new GrpcSpanSender(connection, () -> {
				requesters.add(GrpcSpanSender.requester(connection));
				return requesters.get(requesters.size() - 1);
			})) {
				sender.send(new byte[0]);
				requesters.get(0).close(CloseMode.IMMEDIATE);
				sender.send(new byte[0]);
				assertThat(requesters).hasSize(2);
				assertThat(backend.requests()).hasSize(2);
			}
		}
	}

	@Test
	void aStopSendsWhatWaitsAndAStartGoesOn() {
		try (Backend backend = new Backend();
				Exports exports = Exports.started(Format.ZIPKIN, backend.url("/api/v2/spans"))) {
			exports.spans(30);
			exports.exporter().stop();
			assertThat(exports.exported()).isEqualTo(30);
			assertThat(exports.exporter().isRunning()).isFalse();
			exports.spans(1);
			assertThat(exports.dropped(DropReason.SHUTDOWN)).isEqualTo(1);
			exports.exporter().start();
			exports.spans(5);
			await().until(() -> exports.exported() == 35);
		}
	}

	private static long millis(Runnable task) {
		long begin = TimeSource.system().nanoTime();
		task.run();
		return Duration.ofNanos(TimeSource.system().nanoTime() - begin).toMillis();
	}

}
