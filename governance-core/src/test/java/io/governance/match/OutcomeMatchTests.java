// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.List;
import java.util.Map;

import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
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
			"cancelled", "rejected", "-503" })
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
	}

}
