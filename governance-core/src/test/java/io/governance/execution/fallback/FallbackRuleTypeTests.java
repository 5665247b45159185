// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.fallback;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.governance.bean.BeanReference;
import io.governance.execution.FailureMatch;
import io.governance.execution.FallbackAnswer;
import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FallbackRuleTypeTests {

	private final FallbackRuleType type = new FallbackRuleType();

	private static FallbackRule rule(@Nullable StaticAnswer answer, boolean lastGood, @Nullable String bean) {
		return new FallbackRule(null, null, 0, null, answer, lastGood, bean, null, null, null, null, null);
	}

	private static FallbackRule lastGood(@Nullable Duration maxAge, @Nullable Integer maxEntries,
			@Nullable Long maxBytes, @Nullable Long maxBodyBytes, @Nullable List<String> keyHeaders) {
		return new FallbackRule(null, null, 0, null, null, true, null, maxAge, maxEntries, maxBytes, maxBodyBytes,
				keyHeaders);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		FallbackRule rule = rule(null, true, null);
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(rule.fallbackOn()).extracting(FailureMatch::text)
			.containsExactly("connect", "reset", "timeout", "5xx", "rejected");
		assertThat(rule.maxAge()).isEqualTo(Duration.ofMinutes(10));
		assertThat(rule.keyHeaders()).containsExactly("accept");
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@Test
	void itActsOutboundAndOncePerCall() {
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND);
		assertThat(this.type.stage(rule(null, true, null), Direction.OUTBOUND)).isEqualTo(Stage.FALLBACK);
	}

	@Test
	void exactlyOneSourceIsWanted() {
		StaticAnswer answer = new StaticAnswer(null, null, null);
		String expected = "exactly one of answer, last-good: true and bean";
		assertThat(this.type.validate(rule(null, false, null)))
			.containsExactly(new Violation("last-good", "0 of them", expected));
		assertThat(this.type.validate(rule(answer, true, null)))
			.containsExactly(new Violation("answer", "2 of them", expected));
		assertThat(this.type.validate(rule(null, true, "stand"))).extracting(Violation::component)
			.containsExactly("bean");
		assertThat(this.type.validate(rule(answer, true, "stand"))).extracting(Violation::value)
			.containsExactly("3 of them");
		assertThat(this.type.validate(rule(null, false, " "))).extracting(Violation::component).containsExactly("bean");
	}

	@ParameterizedTest(name = "{0} {1} with {2} bytes: {3}")
	@CsvSource(textBlock = """
			199, text/plain,             0,     answer.status
			600, text/plain,             0,     answer.status
			-1,  text/plain,             0,     answer.status
			200, plain,                  0,     answer.content-type
			200, '',                     0,     answer.content-type
			200, 'text/plain; a=\u00e9', 0,     answer.content-type
			204, text/plain,             1,     answer.body
			304, text/plain,             1,     answer.body
			200, text/plain,             65537, answer.body
			""")
	void aWrittenAnswerOutOfBoundsIsRefused(int status, String contentType, int bytes, String component) {
		assertThat(this.type.validate(rule(new StaticAnswer(status, contentType, "x".repeat(bytes)), false, null)))
			.extracting(Violation::component)
			.containsExactly(component);
	}

	@Test
	void aContentTypeCannotBringFurtherHeaders() {
		StaticAnswer answer = new StaticAnswer(200, "text/plain\r\nset-cookie: a=b", "x");
		assertThat(this.type.validate(rule(answer, false, null))).extracting(Violation::component)
			.containsExactly("answer.content-type");
	}

	@Test
	void aWrittenAnswerAtItsBoundsIsTaken() {
		assertThat(this.type.validate(rule(
				new StaticAnswer(599, "application/problem+json; charset=utf-8", "x".repeat(65_536)), false, null)))
			.isEmpty();
		assertThat(this.type.validate(rule(new StaticAnswer(204, null, ""), false, null))).isEmpty();
	}

	@Test
	void boundsOfWhatIsKeptAreChecked() {
		assertThat(this.type.validate(lastGood(Duration.ZERO, 0, 0L, -1L, List.of("a b"))))
			.extracting(Violation::component)
			.containsExactly("max-age", "max-entries", "max-bytes", "max-body-bytes", "key-headers");
		assertThat(this.type.validate(lastGood(Duration.ofDays(8), 100_001, (1L << 30) + 1, (16L << 20) + 1, null)))
			.extracting(Violation::component)
			.containsExactly("max-age", "max-entries", "max-bytes", "max-body-bytes");
	}

	@Test
	void anEmptyListOfKeyHeadersTellsNoneApart() {
		assertThat(lastGood(null, null, null, null, List.of()).keyHeaders()).isEmpty();
		assertThat(lastGood(null, null, null, null, List.of("X-B", " x-a", "x-b")).keyHeaders()).containsExactly("x-a",
				"x-b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no", "7xx", "circuit-opened", "exception:", "cancelled", "rejected,5xx" })
	void unknownWordsAreRefused(String word) {
		assertThatIllegalArgumentException().isThrownBy(() -> FailureMatch.parse(word))
			.withMessageContaining("expected: rejected, a reason");
	}

	@Test
	void aListOfExceptionsThatAreLeftOutMatchesNothing() {
		FallbackRule rule = new FallbackRule(null, null, 0,
				Stream.of("except:java.io.IOException").map(FailureMatch::parse).toList(), null, true, null, null, null,
				null, null, null);
		assertThat(this.type.validate(rule)).extracting(Violation::component).containsExactly("fallback-on");
	}

	@Test
	void theBeanIsNamedUnlessTheRuleIsOff() {
		assertThat(this.type.beans(rule(null, false, "stand")))
			.containsExactly(new BeanReference("bean", "stand", FallbackAnswer.class));
		assertThat(this.type.beans(rule(null, true, null))).isEmpty();
		FallbackRule off = new FallbackRule(null, Enforcement.OFF, 0, null, null, false, "stand", null, null, null,
				null, null);
		assertThat(this.type.beans(off)).isEmpty();
	}

}
