// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.governance.context.CallContext;
import io.governance.context.RetryNote;
import io.governance.engine.PolicyEngine;
import io.governance.match.Match;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.policy.fault.FaultRule;
import io.governance.policy.fault.FaultRuleType;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.ProbeRuleType;
import io.governance.test.contract.InboundFixture;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Applications with Spring gRPC, and what only gRPC has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringGrpcIntegrationTests {

	private static final AtomicInteger revisions = new AtomicInteger();

	private ProbeRuleType call = new ProbeRuleType(Stage.RATE_LIMIT);

	private ProbeRuleType attempt = new ProbeRuleType(Stage.BULKHEAD);

	private ConfigurableApplicationContext server;

	private ConfigurableApplicationContext client;

	private PolicyEngine inbound;

	private PolicyEngine outbound;

	private Channel named;

	private Channel plain;

	@BeforeAll
	void start() {
		this.server = start(StockApplication.class, "spring.grpc.server.port=0", "spring.application.name=stock");
		int port = this.server.getBean(GrpcServerLifecycle.class).getPort();
		this.client = start(ClientApplication.class, "spring.application.name=shop",
				"spring.grpc.client.channels.stock.address=static://127.0.0.1:" + port);
		this.inbound = this.server.getBean(PolicyEngine.class);
		this.outbound = this.client.getBean(PolicyEngine.class);
		GrpcChannelFactory channels = this.client.getBean(GrpcChannelFactory.class);
		this.named = channels.createChannel("stock");
		this.plain = channels.createChannel("127.0.0.1:" + port);
	}

	private static ConfigurableApplicationContext start(Class<?> application, String... properties) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties("logging.level.root=warn", "spring.main.banner-mode=off", "governance.defaults.enabled=false")
			.properties(properties)
			.run();
	}

	@AfterAll
	void stop() {
		this.client.close();
		this.server.close();
	}

	@BeforeEach
	void withoutRules() {
		apply(this.inbound);
		apply(this.outbound);
	}

	private void apply(PolicyEngine engine, RuleDefinition<?>... rules) {
		engine.apply(new RuleSet("test-" + revisions.incrementAndGet(), List.of(rules), EnforcementOverrides.NONE));
	}

	private void probeOutbound() {
		this.call = new ProbeRuleType(Stage.RATE_LIMIT);
		this.attempt = new ProbeRuleType(Stage.BULKHEAD);
		apply(this.outbound, InboundFixture.probing(this.call), InboundFixture.probing(this.attempt));
	}

	private static String call(Channel channel, MethodDescriptor<String, String> method, String request) {
		return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
	}

	private static StatusRuntimeException failure(Channel channel, String request) {
		return catchThrowableOfType(StatusRuntimeException.class, () -> call(channel, StockApplication.LEVEL, request));
	}

	private static String trailer(StatusRuntimeException failure, String name) {
		Metadata trailers = failure.getTrailers();
		return (trailers != null) ? MetadataHeaders.first(trailers, name) : null;
	}

	private static RuleDefinition<?> fault(String abort) {
		Match match = new Match(Direction.INBOUND, null, List.of("POST"), "/shop.Stock/*", List.of(), Map.of(),
				Map.of(), null, Map.of());
		return InboundFixture.define(new FaultRuleType(), "one",
				new FaultRule(match, Enforcement.ENFORCED, 0, null, null, Abort.parse(abort), null, 100.0, null));
	}

	@Test
	void aRejectionSaysInItsTrailersWhyAndWhenToComeBack() {
		apply(this.inbound, InboundFixture.limit(1, "/shop.Stock/Level", null, Enforcement.ENFORCED));
		assertThat(call(this.plain, StockApplication.LEVEL, "hello")).isEqualTo("hello");
		StatusRuntimeException rejected = failure(this.plain, "hello");
		assertThat(rejected.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
		assertThat(rejected.getStatus().getDescription())
			.isEqualTo("rate-limited: the call was rejected by the rule rate-limit/limit");
		assertThat(trailer(rejected, "x-governance-rule")).isEqualTo("rate-limit/limit");
		assertThat(trailer(rejected, "x-governance-reason")).isEqualTo("rate-limited");
		assertThat(trailer(rejected, "retry-after")).isNotNull();
		assertThat(trailer(rejected, "ratelimit")).startsWith("\"limit\";r=0");
		assertThat(trailer(rejected, "x-governance-not-processed")).isNull();
	}

	@Test
	void healthChecksPassWhateverTheRules() {
		apply(this.inbound, InboundFixture.limit(1, null, null, Enforcement.ENFORCED));
		call(this.plain, StockApplication.LEVEL, "hello");
		assertThat(failure(this.plain, "hello")).isNotNull();
		assertThat(call(this.plain, StockApplication.HEALTH, "")).isEqualTo("serving");
	}

	@Test
	void anInjectedStatusPromisesNothing() {
		apply(this.inbound, fault("503"));
		StatusRuntimeException failed = failure(this.plain, "hello");
		assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(trailer(failed, "x-governance-rule")).isEqualTo("fault/one");
		assertThat(trailer(failed, "x-governance-not-processed")).isNull();
		apply(this.inbound, fault("403"));
		assertThat(failure(this.plain, "hello").getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
	}

	/**
	 * More than there are threads that wait for deadlines.
	 */
	@Test
	void handlersOfCallsThatHadToWaitDoNotWaitForEachOther() {
		ProbeRuleType delaying = new ProbeRuleType(Stage.RATE_LIMIT);
		delaying.answer((permit) -> new Decision.Delayed(permit, 20_000_000));
		apply(this.inbound, InboundFixture.probing(delaying));
		List<CompletableFuture<String>> all = IntStream.range(0, StockApplication.MEETING)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> call(this.plain, StockApplication.LEVEL, "meet"),
					(task) -> new Thread(task).start()))
			.toList();
		assertThat(all).allSatisfy((one) -> assertThat(one).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("met"));
	}

	@Test
	void aFailureForWhichRetriesDidNotHelpSaysSo() {
		assertThat(trailer(failure(this.plain, "retried"), "x-governance-retried")).isEqualTo("true");
		assertThat(trailer(failure(this.plain, "throw"), "x-governance-retried")).isNull();
	}

	@Test
	void aClientNotesThatWhateverTheDeadlineOfItsStub() {
		CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
		RetryNote note = new RetryNote();
		try (CallContext.Scope scope = CallContext.NONE.withRetryNote(note).makeCurrent()) {
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(
					() -> ClientCalls.blockingUnaryCall(this.named, StockApplication.LEVEL, options, "retried"));
		}
		assertThat(note.concerns(500)).isTrue();
	}

	@Test
	void theDeadlineOfTheProtocolIsThatOfTheHandlersContext() {
		assertThat(call(this.plain, StockApplication.LEVEL, "left")).isEqualTo("none");
		CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
		String left = ClientCalls.blockingUnaryCall(this.plain, StockApplication.LEVEL, options, "left");
		assertThat(Long.parseLong(left)).isBetween(1L, 20_000L);
	}

	@Test
	void theApplicationsExceptionHandlerComesFirst() {
		assertThat(failure(this.plain, "throw").getStatus().getDescription()).isEqualTo("mine");
		StatusRuntimeException rejected = failure(this.plain, "reject");
		assertThat(rejected.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(trailer(rejected, "x-governance-reason")).isEqualTo("circuit-open");
		assertThat(trailer(rejected, "x-governance-not-processed")).isNull();
	}

	@Test
	void aChannelForANameIsGovernedAndOneForAnAddressIsNot() {
		probeOutbound();
		assertThat(call(this.plain, StockApplication.LEVEL, "caller")).isEqualTo("null");
		assertThat(this.call.calls()).isEmpty();
		assertThat(call(this.named, StockApplication.LEVEL, "caller")).isEqualTo("shop");
		assertThat(this.call.calls()).singleElement().satisfies((seen) -> {
			assertThat(seen.service()).isEqualTo("stock");
			assertThat(seen.method()).isEqualTo("POST");
			assertThat(seen.path()).isEqualTo("/shop.Stock/Level");
			assertThat(seen.isIdempotent()).isFalse();
			assertThat(seen.uri()).isNull();
		});
		assertThat(this.call.held() + this.attempt.held()).isZero();
	}

	@Test
	void anyChannelIsGovernedThatIsGivenTheInterceptor() {
		probeOutbound();
		GovernedClientInterceptor interceptor = this.client.getBean(GovernedClientInterceptor.class);
		assertThat(call(ClientInterceptors.intercept(this.plain, interceptor), StockApplication.LEVEL, "caller"))
			.isEqualTo("shop");
		assertThat(this.call.calls().get(this.call.calls().size() - 1).service()).isEqualTo("127.0.0.1");
		Channel twice = ClientInterceptors.intercept(this.named, interceptor.forService("other"));
		int before = this.call.calls().size();
		assertThat(call(twice, StockApplication.LEVEL, "caller")).isEqualTo("shop");
		assertThat(this.call.calls()).hasSize(before + 1);
	}

	@Test
	void aCallThatIsNotAllowedFailsWithAStatusWhoseCauseSaysWhy() {
		ProbeRuleType open = new ProbeRuleType(Stage.CIRCUIT_BREAKER);
		open.reject(Reason.CIRCUIT_OPEN);
		apply(this.outbound, InboundFixture.probing(open));
		StatusRuntimeException rejected = failure(this.named, "hello");
		assertThat(rejected.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(rejected).hasCauseInstanceOf(CallRejectedException.class);
		assertThat(trailer(rejected, "x-governance-reason")).isEqualTo("circuit-open");
		StatusRuntimeException stream = catchThrowableOfType(StatusRuntimeException.class,
				() -> ClientCalls
					.blockingServerStreamingCall(this.named, StockApplication.WATCH, CallOptions.DEFAULT, "2")
					.hasNext());
		assertThat(stream).hasCauseInstanceOf(CallRejectedException.class);
	}

	@Test
	void aStreamIsHeldUntilItsEnd() {
		probeOutbound();
		Iterator<String> parts = ClientCalls.blockingServerStreamingCall(this.named, StockApplication.WATCH,
				CallOptions.DEFAULT, "3");
		assertThat(parts.next()).isEqualTo("part 0");
		assertThat(parts).toIterable().containsExactly("part 1", "part 2");
		assertThat(this.attempt.nextRelease().status()).isEqualTo(200);
		assertThat(this.call.nextRelease().status()).isEqualTo(200);
		assertThat(this.call.held() + this.attempt.held()).isZero();
	}

	@Test
	void aStreamThatHasToWaitIsSentLaterWithWhatWasDoneMeanwhile() {
		ProbeRuleType delaying = new ProbeRuleType(Stage.RATE_LIMIT);
		delaying.answer((permit) -> new Decision.Delayed(permit, 20_000_000));
		apply(this.outbound, InboundFixture.probing(delaying));
		assertThat(
				ClientCalls.blockingServerStreamingCall(this.named, StockApplication.WATCH, CallOptions.DEFAULT, "2"))
			.toIterable()
			.containsExactly("part 0", "part 1");
		assertThat(call(this.named, StockApplication.LEVEL, "hello")).isEqualTo("hello");
		assertThat(delaying.nextRelease().status()).isEqualTo(200);
		assertThat(delaying.nextRelease().status()).isEqualTo(200);
	}

	@Test
	void aCallThatIsGivenUpGivesBackWhatItHolds() {
		probeOutbound();
		for (MethodDescriptor<String, String> method : List.of(StockApplication.LEVEL, StockApplication.WATCH)) {
			CompletableFuture<Status> ended = new CompletableFuture<>();
			ClientCall<String, String> given = this.named.newCall(method, CallOptions.DEFAULT);
			given.start(new ClientCall.Listener<>() {

				@Override
				public void onClose(Status status, Metadata trailers) {
					ended.complete(status);
				}

			}, new Metadata());
			given.sendMessage("never");
			given.halfClose();
			assertThat(this.attempt.held()).isEqualTo(1);
			given.cancel("changed my mind", null);
			assertThat(ended.join().getCode()).isEqualTo(Status.Code.CANCELLED);
			assertThat(ended.join().getDescription()).isEqualTo("changed my mind");
			assertThat(this.attempt.nextRelease().kind()).isEqualTo(Outcome.Kind.CANCELLED);
			assertThat(this.call.nextRelease().kind()).isEqualTo(Outcome.Kind.CANCELLED);
			assertThat(this.call.held() + this.attempt.held()).isZero();
		}
	}

	@Test
	void aListenerThatFailsIsToldThatItsCallHasEnded() {
		CompletableFuture<Status> ended = new CompletableFuture<>();
		ClientCall<String, String> failing = this.named.newCall(StockApplication.LEVEL, CallOptions.DEFAULT);
		failing.start(new ClientCall.Listener<>() {

			@Override
			public void onMessage(String message) {
				throw new IllegalStateException(message);
			}

			@Override
			public void onClose(Status status, Metadata trailers) {
				ended.complete(status);
			}

		}, new Metadata());
		failing.request(1);
		failing.sendMessage("hello");
		failing.halfClose();
		assertThat(ended.join().getCode()).isEqualTo(Status.Code.CANCELLED);
		assertThat(ended.join().getCause()).hasMessage("hello");
	}

	@Test
	void theDeadlineOfAStubEndsTheCallAsATimeout() {
		probeOutbound();
		CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(150, TimeUnit.MILLISECONDS);
		StatusRuntimeException late = catchThrowableOfType(StatusRuntimeException.class,
				() -> ClientCalls.blockingUnaryCall(this.named, StockApplication.LEVEL, options, "never"));
		assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
		assertThat(this.attempt.nextRelease().kind()).isEqualTo(Outcome.Kind.TIMEOUT);
		assertThat(this.call.nextRelease().kind()).isEqualTo(Outcome.Kind.TIMEOUT);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ClientApplication {

	}

}
