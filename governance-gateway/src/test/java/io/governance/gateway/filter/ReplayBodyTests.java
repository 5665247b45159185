// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayBodyTests {

	private final List<Throwable> errors = new ArrayList<>();

	@Test
	void aBodyThatFitsIsSentAgain() {
		MockServerHttpRequest request = request(Flux.just("one", "two"));
		ReplayBody body = new ReplayBody(request);
		assertThat(read(body.around(request, 6))).isEqualTo("onetwo");
		assertThat(body.isRepeatable()).isTrue();
		assertThat(read(body.around(request, -1))).isEqualTo("onetwo");
		assertThat(read(body.around(request, -1))).isEqualTo("onetwo");
	}

	@Test
	void aLargerBodyIsSentOnce() {
		MockServerHttpRequest request = request(Flux.just("one", "two"));
		ReplayBody body = new ReplayBody(request);
		assertThat(read(body.around(request, 5))).isEqualTo("onetwo");
		assertThat(body.isRepeatable()).isFalse();
		read(body.around(request, -1));
		assertThat(this.errors).singleElement().isInstanceOf(IllegalStateException.class);
	}

	@Test
	void aBodyThatNobodyAskedForCanBeSent() {
		MockServerHttpRequest request = request(Flux.just("one"));
		ReplayBody body = new ReplayBody(request);
		assertThat(body.isRepeatable()).isTrue();
		assertThat(read(body.around(request, -1))).isEqualTo("one");
		assertThat(body.isRepeatable()).isFalse();
	}

	@Test
	void aBodyThatIsNotThereCanBeSentAgain() {
		MockServerHttpRequest request = request(Flux.empty());
		ReplayBody body = new ReplayBody(request);
		assertThat(read(body.around(request, 10))).isEmpty();
		assertThat(body.isRepeatable()).isTrue();
		assertThat(read(body.around(request, 10))).isEmpty();
	}

	@Test
	void aBodyThatBreaksOffIsACancelledCall() {
		IllegalStateException closed = new IllegalStateException("closed");
		MockServerHttpRequest request = request(Flux.concat(Flux.just("one"), Flux.error(closed)));
		ReplayBody body = new ReplayBody(request);
		assertThat(read(body.around(request, 10))).isEqualTo("one");
		assertThat(this.errors).singleElement().isInstanceOf(CancellationException.class);
		assertThat(this.errors.get(0)).hasCause(closed);
		assertThat(body.isRepeatable()).isFalse();
	}

	@Test
	void aBodyOfKnownLengthIsWholeBeforeItsEndIsSeen() {
		MockServerHttpRequest request = MockServerHttpRequest.post("/")
			.contentLength(6)
			.body(Flux.just("one", "two").map(ReplayBodyTests::buffer).concatWith(Flux.never()));
		ReplayBody body = new ReplayBody(request);
		body.around(request, 10).getBody().take(1).blockLast();
		assertThat(body.isRepeatable()).isFalse();
		ReplayBody whole = new ReplayBody(request);
		whole.around(request, 10).getBody().subscribe();
		assertThat(whole.isRepeatable()).isTrue();
		assertThat(read(whole.around(request, 10))).isEqualTo("onetwo");
	}

	@Test
	void whatEndsAfterItWasGivenUpIsNotKept() {
		Sinks.Empty<String> end = Sinks.empty();
		MockServerHttpRequest request = request(Flux.concat(Flux.just("one"), end.asMono()));
		ReplayBody body = new ReplayBody(request);
		body.around(request, 10).getBody().subscribe();
		body.forget();
		end.tryEmitEmpty();
		assertThat(body.isRepeatable()).isFalse();
	}

	@Test
	void nothingIsKeptAfterTheEnd() {
		MockServerHttpRequest request = request(Flux.just("one"));
		ReplayBody body = new ReplayBody(request);
		read(body.around(request, 10));
		body.forget();
		assertThat(body.isRepeatable()).isFalse();
	}

	private static MockServerHttpRequest request(Flux<String> parts) {
		return MockServerHttpRequest.post("/").body(parts.map(ReplayBodyTests::buffer));
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private String read(ServerHttpRequest request) {
		StringBuilder text = new StringBuilder();
		request.getBody()
			.map((buffer) -> buffer.toString(StandardCharsets.UTF_8))
			.subscribe(text::append, this.errors::add);
		return text.toString();
	}

}
