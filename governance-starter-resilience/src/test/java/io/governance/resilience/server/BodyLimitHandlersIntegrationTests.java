// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.policy.CallRejectedException;
import io.governance.test.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BodyLimitHandlers}: 100 bytes per second, looked at once a second.
 */
class BodyLimitHandlersIntegrationTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final Reader reader = new Reader();

	@Test
	void timeInWhichNobodyAsksForMoreDoesNotCount() throws InterruptedException {
		read(Flux.range(0, 10).map((i) -> buffer()));
		this.reader.request(1);
		this.time.advance(Duration.ofSeconds(60));
		assertThat(this.reader.ended.await(2500, TimeUnit.MILLISECONDS)).isFalse();
		this.reader.request(1);
		assertThat(this.reader.bytes).hasSize(2);
	}

	@Test
	void timeInWhichMoreIsAskedForCounts() {
		Sinks.Many<DataBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
		read(body.asFlux());
		this.reader.request(2);
		body.tryEmitNext(buffer()).orThrow();
		this.time.advance(Duration.ofSeconds(60));
		body.tryEmitNext(buffer()).orThrow();
		assertThat(this.reader.failed).isInstanceOf(CallRejectedException.class);
	}

	private void read(Flux<DataBuffer> body) {
		AtomicReference<ServerHttpRequest> limited = new AtomicReference<>();
		ServerLimits limits = new ServerLimits(1000, 0, Duration.ZERO, 100, Duration.ZERO);
		new BodyLimitHandlers(limits, this.time).apply((request, response) -> {
			limited.set(request);
			return Mono.empty();
		})
			.handle(MockServerHttpRequest.post("/").header("Transfer-Encoding", "chunked").body(body),
					new MockServerHttpResponse())
			.block();
		limited.get().getBody().subscribe(this.reader);
	}

	private static DataBuffer buffer() {
		return DefaultDataBufferFactory.sharedInstance.wrap(new byte[1]);
	}

	/**
	 * Asks for buffers when it is told to.
	 */
	private static final class Reader extends BaseSubscriber<DataBuffer> {

		private final List<DataBuffer> bytes = new ArrayList<>();

		private final CountDownLatch ended = new CountDownLatch(1);

		private @Nullable Throwable failed;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// asks later
		}

		@Override
		protected void hookOnNext(DataBuffer buffer) {
			this.bytes.add(buffer);
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.failed = error;
			this.ended.countDown();
		}

	}

}
