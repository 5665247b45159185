// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.governance.policy.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutcomeTestTests {

	@ParameterizedTest
	@ValueSource(strings = { "connect reset timeout error 5xx", "connect not-processed reset", "503 404", "4xx 200",
			"exception:java.io.IOException 5xx", "5xx error except:java.io.IOException", "1xx not-processed" })
	void saysTheSameAsItsConditionsOfEveryEnding(String written) {
		List<OutcomeMatch> conditions = Stream.of(written.split(" ")).map(OutcomeMatch::parse).toList();
		OutcomeTest test = new OutcomeTest(conditions);
		assertThat(outcomes()).allSatisfy(
				(outcome) -> assertThat(test.matches(outcome)).isEqualTo(OutcomeMatch.any(conditions, outcome)));
	}

	private static List<Outcome> outcomes() {
		List<Outcome> outcomes = new ArrayList<>();
		for (int status = -1; status <= 1000; status++) {
			outcomes.add(Outcome.response(status, false, 1));
			outcomes.add(Outcome.response(status, true, 1));
		}
		for (Outcome.Kind kind : Outcome.Kind.values()) {
			outcomes.add(Outcome.failure(kind, null, 1));
			outcomes.add(Outcome.failure(kind, new IOException("closed"), 1));
			outcomes.add(new Outcome(kind, 503, false, new IOException("closed"), 1));
		}
		return outcomes;
	}

}
