// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.schema.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OutcomeMatchTests {

	private static final Map<String, Outcome> OUTCOMES = Map.of("connect",
			Outcome.failure(Kind.CONNECT_FAILURE, null, 1), "reset", Outcome.failure(Kind.RESET, null, 1), "timeout",
			Outcome.failure(Kind.TIMEOUT, null, 1), "error", Outcome.failure(Kind.ERROR, null, 1), "200",
			Outcome.response(200, false, 1), "404", Outcome.response(404, false, 1), "503",
			Outcome.response(503, false, 1), "503-not-processed", Outcome.response(503, true, 1), "500",
			Outcome.response(500, false, 1));

	@ParameterizedTest(name = "{0} matches {1}")
	@CsvSource(textBlock = """
			connect,       connect
			reset,         reset
			timeout,       timeout
			error,         error
			not-processed, 503-not-processed
			503,           503 503-not-processed
			404,           404
			5xx,           500 503 503-not-processed
			4xx,           404
			2XX,           200
			' Reset ',     reset
			""")
	void matchesTheseAndNoOthers(String written, String expected) {
		OutcomeMatch match = OutcomeMatch.parse(written);
		List<String> matched = OUTCOMES.entrySet()
			.stream()
			.filter((outcome) -> match.matches(outcome.getValue()))
			.map(Map.Entry::getKey)
			.toList();
		assertThat(matched).containsExactlyInAnyOrder(expected.split(" "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "50", "5x", "600", "099", "0xx", "6xx", "5xxx", "connection", "not processed",
			"cancelled", "rejected", "-503", "exception:", "exception:5xx", "except:a..b", "except:a-b",
			"throws:java.io.IOException" })
	void refusesWhatIsNoEnding(String written) {
		assertThatIllegalArgumentException().isThrownBy(() -> OutcomeMatch.parse(written))
			.withMessage("outcome: " + written + " (expected: " + OutcomeMatch.EXPECTED + ")");
	}

	@ParameterizedTest
	@EnumSource(names = { "CANCELLED", "REJECTED" })
	void endingsThatSayNothingOfTheCalleeNeverMatch(Kind kind) {
		Outcome outcome = new Outcome(kind, 503, true, null, 1);
		assertThat(List.of("connect", "reset", "timeout", "error", "not-processed", "503", "5xx"))
			.noneMatch((written) -> OutcomeMatch.parse(written).matches(outcome));
	}

	@ParameterizedTest
	@CsvSource({ "connect, true", "not-processed, true", "reset, false", "timeout, false", "503, false", "5xx, false" })
	void knowsWhatProvesThatNothingWasDone(String written, boolean proves) {
		assertThat(OutcomeMatch.parse(written).provesNotProcessed()).isEqualTo(proves);
	}

	@Test
	void writtenFormsAreEqualWhateverTheirCase() {
		assertThat(OutcomeMatch.parse("5XX")).isEqualTo(OutcomeMatch.parse(" 5xx ")).hasToString("5xx");
		assertThat(OutcomeMatch.parse(" Exception: java.io.IOException"))
			.isEqualTo(OutcomeMatch.parse("exception:java.io.IOException"));
	}

	@ParameterizedTest
	@CsvSource({ "java.net.ConnectException, true", "java.io.IOException, true", "java.io.Closeable, false",
			"java.io.Serializable, true", "java.lang.Throwable, true", "IOException, false",
			"java.lang.IllegalStateException, true", "java.lang.IllegalArgumentException, false",
			"com.acme.NotHere, false" })
	void anExceptionIsWhatItExtendsImplementsAndWasCausedBy(String name, boolean matches) {
		Throwable error = new IllegalStateException(new ConnectException("refused"));
		Outcome outcome = Outcome.failure(Kind.ERROR, error, 1);
		assertThat(OutcomeMatch.parse("exception:" + name).matches(outcome)).isEqualTo(matches);
		assertThat(OutcomeMatch.parse("except:" + name).matches(outcome)).isFalse();
		assertThat(OutcomeMatch.any(words("error", "except:" + name), outcome)).isEqualTo(!matches);
		assertThat(OutcomeMatch.isLeftOut(words("error", "except:" + name), outcome)).isEqualTo(matches);
	}

	@Test
	void causesThatGoRoundEndSomewhere() {
		Throwable one = new IllegalStateException("one");
		one.initCause(new IllegalStateException("two", one));
		assertThat(OutcomeMatch.parse("exception:java.io.IOException").matches(Outcome.failure(Kind.ERROR, one, 1)))
			.isFalse();
	}

	@Test
	void anExceptionSaysNothingWhereTheCallerGaveUp() {
		Outcome outcome = Outcome.failure(Kind.CANCELLED, new IOException("gone"), 1);
		assertThat(OutcomeMatch.any(words("exception:java.io.IOException"), outcome)).isFalse();
	}

	@Test
	void whatIsLeftOutLeavesOtherEndingsAlone() {
		List<OutcomeMatch> conditions = words("except:java.io.IOException", "error", "5xx");
		assertThat(OutcomeMatch.any(conditions, Outcome.response(503, false, 1))).isTrue();
		assertThat(OutcomeMatch.any(conditions, Outcome.response(404, false, 1))).isFalse();
		assertThat(OutcomeMatch.any(conditions, Outcome.failure(Kind.ERROR, null, 1))).isTrue();
	}

	@Test
	void aListThatOnlyLeavesOutIsRefused() {
		assertThat(OutcomeMatch.validate("failure-on", words("except:a.B", "except:a.C")))
			.containsExactly(new Violation("failure-on", "[except:a.B, except:a.C]",
					"an ending beside the exceptions that are left out"));
		assertThat(OutcomeMatch.validate("failure-on", words("except:a.B", "5xx"))).isEmpty();
	}

	private static List<OutcomeMatch> words(String... words) {
		return Stream.of(words).map(OutcomeMatch::parse).toList();
	}

}
