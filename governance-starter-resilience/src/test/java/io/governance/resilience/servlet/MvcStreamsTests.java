// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MvcStreams}.
 */
class MvcStreamsTests {

	@ParameterizedTest
	@ValueSource(strings = { "body", "emitter", "entity", "text", "events", "entityOfEvents" })
	void whatSpringMvcStreamsIsAStream(String handler) throws NoSuchMethodException {
		assertThat(isStream(handler)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "list", "numbers", "later", "laterEvent" })
	void whatSpringMvcCollectsIsNone(String handler) throws NoSuchMethodException {
		assertThat(isStream(handler)).isFalse();
	}

	private static boolean isStream(String handler) throws NoSuchMethodException {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE,
				new HandlerMethod(new Handlers(), handler));
		return new MvcStreams().test(request);
	}

	/**
	 * Their return types are all that counts.
	 */
	static final class Handlers {

		public StreamingResponseBody body() {
			return (out) -> {
			};
		}

		public SseEmitter emitter() {
			return new SseEmitter();
		}

		public ResponseEntity<StreamingResponseBody> entity() {
			return ResponseEntity.ok(body());
		}

		public Flux<String> text() {
			return Flux.empty();
		}

		public Flux<ServerSentEvent<Integer>> events() {
			return Flux.empty();
		}

		public ResponseEntity<Flux<ServerSentEvent<Integer>>> entityOfEvents() {
			return ResponseEntity.ok(events());
		}

		public void nothing() {
		}

		public List<String> list() {
			return List.of();
		}

		public Flux<Integer> numbers() {
			return Flux.empty();
		}

		public Mono<String> later() {
			return Mono.empty();
		}

		public Mono<ServerSentEvent<Integer>> laterEvent() {
			return Mono.empty();
		}

	}

}
