// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.governance.discovery.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TokenFile}.
 */
@ExtendWith(OutputCaptureExtension.class)
class TokenFileTests {

	@TempDir
	Path directory;

	private final ManualTime time = new ManualTime();

	private Path file;

	private TokenFile token;

	@BeforeEach
	void create() {
		this.file = this.directory.resolve("token");
		this.token = new TokenFile(this.file, this.time);
	}

	@Test
	void aChangeIsSeenASecondLaterAndSaidWithoutTheToken(CapturedOutput output) throws IOException {
		Files.writeString(this.file, "first\n");
		assertThat(this.token.current()).isEqualTo("first");
		Files.writeString(this.file, " second ");
		assertThat(this.token.current()).isEqualTo("first");
		this.time.advance(TokenFile.LOOK_EVERY);
		assertThat(this.token.current()).isEqualTo("second");
		assertThat(output.getAll()).containsOnlyOnce("token=changed file=" + this.file)
			.doesNotContain("first", "second");
	}

	@Test
	void aFileThatGoesAwayLeavesTheLastTokenAndIsSaidOnce(CapturedOutput output) throws IOException {
		Files.writeString(this.file, "first");
		this.token.current();
		Files.delete(this.file);
		for (int i = 0; i < 3; i++) {
			this.time.advance(TokenFile.LOOK_EVERY);
			assertThat(this.token.current()).isEqualTo("first");
		}
		assertThat(output.getAll()).containsOnlyOnce("token=unknown")
			.contains("NoSuchFileException", "the last one is used");
		Files.writeString(this.file, "third");
		this.time.advance(TokenFile.LOOK_EVERY);
		assertThat(this.token.current()).isEqualTo("third");
		assertThat(output.getAll()).containsOnlyOnce("token=known");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "two words", "two\nlines" })
	void aFileWithoutATokenIsNone(String content) throws IOException {
		Files.writeString(this.file, content);
		assertThatIllegalStateException().isThrownBy(this.token::current)
			.withMessageContainingAll(this.file.toString(), "(expected: one line with a token)")
			.withMessageNotContaining("two");
	}

	@Test
	void aMissingFileIsReadAsSoonAsItIsThere(CapturedOutput output) throws IOException {
		assertThatIllegalStateException().isThrownBy(this.token::current).withMessageContaining("NoSuchFileException");
		assertThat(output.getAll()).contains("nothing is asked of Consul until it is known");
		Files.writeString(this.file, "first");
		this.time.advance(TokenFile.LOOK_EVERY);
		assertThat(this.token.current()).isEqualTo("first");
	}

	@Test
	void aFileThatIsTooLargeIsNotRead() throws IOException {
		Files.writeString(this.file, "x".repeat(5000));
		assertThatIllegalStateException().isThrownBy(this.token::current).withMessageContaining("larger than 4096");
	}

}
