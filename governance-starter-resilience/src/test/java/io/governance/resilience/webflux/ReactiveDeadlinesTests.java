// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.governance.context.LabelSource;
import io.governance.context.TrustedCallers;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Segment;
import io.governance.request.IgnoredPaths;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.resilience.inbound.InboundSettings;
import io.governance.test.FakeCall;
import io.governance.test.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveDeadlinesTests {

	private static final Duration LONGEST = Duration.ofSeconds(10);

	private final ManualTimeSource time = new ManualTimeSource();

	private final PolicyEngine engine = new PolicyEngine("orders", this.time, () -> 0L);

	private final InboundCalls calls = new InboundCalls(this.engine, new InboundSettings("orders", LabelSource.NONE,
			new TrustedCallers(List.of()), this.time, new IgnoredPaths(null)));

	private final InboundRun run = this.calls.begin(Map.of("x-governance-timeout-ms", "1000")::get, true,
			(context) -> FakeCall.at("orders"));

	private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

	@Test
	void aCallThatIsTurnedAwayTooLateIsCountedOnce() {
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.calls.decide(Segment.IDENTIFIED, this.run, this.run.call()))
			.isInstanceOf(Decision.Rejected.class);
		new ReactiveDeadlines(this.calls).keep(this.run, this.exchange, Mono.never()).block(LONGEST);
		assertThat(this.exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.GATEWAY_TIMEOUT);
		assertThat(this.engine.deadlinesExceeded(Direction.INBOUND).sum()).isOne();
	}

	/** The deadline has the word already, and has not said it yet. */
	private boolean endsTheCall(Mono<Void> ending) {
		Mono<Void> handled = Mono.fromRunnable(this.run::deadlineAnswers).then(ending);
		CompletableFuture<Void> call = new ReactiveDeadlines(this.calls).keep(this.run, this.exchange, handled)
			.toFuture();
		boolean ended = call.isDone();
		call.cancel(false);
		return ended;
	}

	@Test
	void aHandlerThatEndsAsItsTimeIsUpDoesNotEndTheCall() {
		assertThat(endsTheCall(Mono.empty())).isFalse();
		assertThat(endsTheCall(Mono.error(new IllegalStateException("told to")))).isFalse();
	}

	@Test
	void whatAHandlerDoesToTheHeadAfterThatIsInVain() {
		ServerHttpResponse handlers = WatchedResponse.of(this.exchange, this.run).getResponse();
		assertThat(handlers.setStatusCode(HttpStatus.CREATED)).isTrue();
		handlers.getHeaders().set("x-before", "kept");
		this.run.deadlineAnswers();
		assertThat(handlers.setStatusCode(null)).isFalse();
		assertThat(handlers.setRawStatusCode(200)).isFalse();
		handlers.getHeaders().set("x-after", "dropped");
		handlers.addCookie(ResponseCookie.from("after", "dropped").build());
		assertThat(this.exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.CREATED);
		assertThat(this.exchange.getResponse().getHeaders().headerNames()).containsExactly("x-before");
		assertThat(this.exchange.getResponse().getCookies()).isEmpty();
	}

}
