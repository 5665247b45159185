// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AbortTests {

	@ParameterizedTest
	@CsvSource({ "503, RESPONSE, 503, 503", "200, RESPONSE, 200, 200", "' 599 ', RESPONSE, 599, 599",
			"connect, CONNECT_FAILURE, 0, connect", "CONNECT, CONNECT_FAILURE, 0, connect", "reset, RESET, 0, reset" })
	void isParsedAndPrintedAsItIsWritten(String text, Outcome.Kind kind, int status, String printed) {
		assertThat(Abort.parse(text)).isEqualTo(new Abort(kind, status)).hasToString(printed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "0", "-1", "100", "199", "600", "999", "50", "5033", "5xx", "503.0", "timeout",
			"connect reset", "\u0665\u0660\u0663" })
	void anythingElseIsRefusedWithWhatWasExpected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Abort.parse(text))
			.withMessageContaining("a status from 200 to 599, connect or reset");
	}

	@Test
	void thereIsAStatusExactlyWhereThereIsAResponse() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Abort(Outcome.Kind.RESET, 503));
		assertThatIllegalArgumentException().isThrownBy(() -> new Abort(Outcome.Kind.RESPONSE, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new Abort(Outcome.Kind.TIMEOUT, 0));
	}

	@Test
	void aServerAnswersAnAbortByARejectionThatPromisesNothing() {
		Rejection rejection = new Fault("fault/one", 0, Abort.parse("429")).rejection();
		assertThat(rejection).isEqualTo(new Rejection(new Reason("fault", 429, false), "fault/one", 0));
		assertThat(new Fault("fault/one", 5, null).rejection()).isNull();
	}

}
