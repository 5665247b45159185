// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import io.governance.embeddedconsul.store.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ApiRequestTests {

	@Test
	void aPlusIsASpaceInTheQueryOnly() {
		ApiRequest request = request("/v1/kv/a+b%2Bc%20d?note=x+y%2Bz");
		assertThat(request.path()).isEqualTo("/v1/kv/a+b+c d");
		assertThat(request.text("note")).isEqualTo("x y+z");
	}

	@Test
	void aParameterNeedsNoValueAndMayComeTwice() {
		ApiRequest request = request("/v1/x?passing&tag=a&tag=b&empty=");
		assertThat(request.has("passing")).isTrue();
		assertThat(request.text("passing")).isEmpty();
		assertThat(request.all("tag")).containsExactly("a", "b");
		assertThat(request.first("empty")).isEmpty();
		assertThat(request.first("none")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/kv/%zz", "/v1/kv/%2", "/v1/x?a=%" })
	void aBrokenEscapeIsRefused(String uri) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> request(uri))
			.satisfies((refused) -> assertThat(refused.status()).isEqualTo(400));
	}

	private static ApiRequest request(String uri) {
		return ApiRequest.of("GET", uri, new byte[0]);
	}

}
