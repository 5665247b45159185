// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import org.springframework.http.StreamingHttpOutputMessage.Body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ReplayBody}.
 */
class ReplayBodyTests {

	private final InputStream source = new ByteArrayInputStream("content".getBytes(StandardCharsets.UTF_8));

	@Test
	void aBodyWithinTheLimitIsWrittenAgainFromTheCopy() throws IOException {
		ReplayBody body = new ReplayBody(this.source::transferTo, 7);
		assertThat(written(body)).isEqualTo("content");
		assertThat(body.repeatable()).isTrue();
		assertThat(written(body)).isEqualTo("content");
	}

	@Test
	void aBodyBeyondTheLimitIsWrittenOnce() throws IOException {
		ReplayBody body = new ReplayBody(this.source::transferTo, 6);
		assertThat(body.repeatable()).isTrue();
		assertThat(written(body)).isEqualTo("content");
		assertThat(body.repeatable()).isFalse();
		assertThatThrownBy(() -> written(body)).isInstanceOf(IOException.class);
	}

	@Test
	void aBodyThatBreaksInTheMiddleIsNotRepeatable() {
		ReplayBody body = new ReplayBody(this.source::transferTo, 100);
		OutputStream broken = new OutputStream() {

			@Override
			public void write(int value) throws IOException {
				throw new IOException("broken pipe");
			}

		};
		assertThatThrownBy(() -> body.writeTo(broken)).isInstanceOf(IOException.class);
		assertThat(body.repeatable()).isFalse();
		assertThat(body.hasSourceFailed()).isFalse();
	}

	@Test
	void aSourceThatFailsIsToldFromABrokenConnection() {
		ReplayBody body = new ReplayBody((out) -> {
			out.write('x');
			throw new IOException("disk gone");
		}, 100);
		assertThatThrownBy(() -> written(body)).hasMessage("disk gone");
		assertThat(body.hasSourceFailed()).isTrue();
	}

	@Test
	void aRepeatableSourceIsWrittenAgainWithoutACopy() throws IOException {
		ReplayBody body = new ReplayBody(new Body() {

			@Override
			public void writeTo(OutputStream out) throws IOException {
				out.write("again".getBytes(StandardCharsets.UTF_8));
			}

			@Override
			public boolean repeatable() {
				return true;
			}

		}, 0);
		assertThat(written(body) + written(body)).isEqualTo("againagain");
		assertThat(body.repeatable()).isTrue();
	}

	@Test
	void aBodyThatIsReadBeforehandSurvivesABreakInTheMiddle() throws IOException {
		ReplayBody body = new ReplayBody(this.source::transferTo, 100);
		body.readAll();
		assertThat(body.repeatable()).isTrue();
		assertThat(written(body)).isEqualTo("content");
	}

	@Test
	void singleBytesAreCopiedToo() throws IOException {
		ReplayBody body = new ReplayBody((out) -> out.write('x'), 1);
		assertThat(written(body) + written(body)).isEqualTo("xx");
	}

	private static String written(ReplayBody body) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		body.writeTo(out);
		return out.toString(StandardCharsets.UTF_8);
	}

}
