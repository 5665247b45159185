// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GrpcStatusTests {

	@Test
	void zeroIsGood() {
		PartialSuccess refused = new PartialSuccess(2, "too old");
		assertThatCode(() -> assertThat(new GrpcStatus(200, "0", null, refused).check()).isSameAs(refused))
			.doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "200, 14, away, true, 'gRPC status 14: away'", "200, 8, , false, gRPC status 8",
			"200, 13, , false, gRPC status 13", "200, 15, , true, gRPC status 15",
			"200, 16, no token, false, 'gRPC status 16: no token'", "200, 12, , false, gRPC status 12",
			"200, , , true, answer without grpc-status", "503, , , true, HTTP status 503",
			"429, , , true, HTTP status 429", "500, , , false, HTTP status 500", "501, , , false, HTTP status 501",
			"404, , , false, HTTP status 404" })
	void othersAreNot(int http, String code, String message, boolean worthRetrying, String said) {
		assertThatExceptionOfType(SendException.class)
			.isThrownBy(() -> new GrpcStatus(http, code, message, PartialSuccess.ALL_TAKEN).check())
			.withMessage(said)
			.satisfies((ex) -> assertThat(ex.isWorthRetrying()).isEqualTo(worthRetrying));
	}

}
