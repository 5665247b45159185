// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import feign.Request;
import feign.Response;
import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Copies of bodies whose length says something else than how much is read.
 */
class CopiedBodyTests {

	private static final String TEXT = "decoded, and so longer than was promised";

	private final List<@Nullable Answer> copies = new ArrayList<>();

	private final AnswerCopy copy = new AnswerCopy(new AnswerHead(200, Map.of()), 1_000, this.copies::add);

	private static ByteArrayInputStream text() {
		return new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.UTF_8));
	}

	private static void readByteByByte(InputStream body) throws IOException {
		int read = body.read();
		while (read >= 0) {
			read = body.read();
		}
	}

	private void assertWhole() {
		assertThat(this.copies).singleElement()
			.satisfies((answer) -> assertThat(answer.body()).asString().isEqualTo(TEXT));
	}

	@Test
	void aResponseThatTheClientDecodesIsCopiedWhole() throws IOException {
		try (MockClientHttpResponse response = new MockClientHttpResponse(text(), HttpStatus.OK)) {
			response.getHeaders().setContentLength(5);
			response.getHeaders().set(HttpHeaders.CONTENT_ENCODING, "gzip");
			readByteByByte(new CopiedResponse(response, this.copy).getBody());
		}
		assertWhole();
	}

	@Test
	void aResponseThatFeignDecodesIsCopiedWhole() throws IOException {
		Request request = Request.create(Request.HttpMethod.GET, "http://inventory/", Map.of(), null,
				StandardCharsets.UTF_8, null);
		Response response = Response.builder()
			.status(200)
			.request(request)
			.headers(Map.of("content-encoding", List.of("gzip")))
			.body(text(), 5)
			.build();
		readByteByByte(new FeignAnswers(request).copied(response, this.copy).body().asInputStream());
		assertWhole();
	}

}
