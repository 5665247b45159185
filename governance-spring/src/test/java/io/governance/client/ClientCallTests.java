// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.match.CallKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientCall}.
 */
class ClientCallTests {

	private final HttpHeaders headers = new HttpHeaders();

	private ClientCall call(MultiValueMap<String, String> cookies) {
		return new ClientCall(new CallOrigin("storefront", LabelSource.NONE), CallContext.NONE, "GET",
				URI.create("http://inventory/items"), this.headers, cookies);
	}

	private @Nullable String session() {
		return call(MultiValueMap.fromMultiValue(Map.of())).cookie("session");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			session=s1                    | s1
			a=1; session=s1; b=2          | s1
			a=1;session=s1                | s1
			session=s1; session=s2        | s1
			a=session=no; session=s1      | s1
			session=a=b                   | a=b
			session="s1"                  | s1
			session="                     | "
			session=                      | ''
			' session = s1 '              | s1
			Session=s1                    |
			xsession=s1                   |
			session                       |
			;;                            |
			''                            |
			""")
	void aCookieIsTakenFromItsHeader(String header, @Nullable String expected) {
		this.headers.set("cookie", header);
		assertThat(session()).isEqualTo(expected);
	}

	@Test
	void withoutTheHeaderThereIsNone() {
		assertThat(session()).isNull();
	}

	@Test
	void theHeaderMayComeInParts() {
		this.headers.put("Cookie", List.of("a=1", "session=s1"));
		assertThat(session()).isEqualTo("s1");
	}

	@Test
	void cookiesThatAreNoHeaderYetCountAsWell() {
		ClientCall call = call(MultiValueMap.fromMultiValue(Map.of("session", List.of("s1", "s2"))));
		assertThat(call.cookie("session")).isEqualTo("s1");
		assertThat(call.cookie("other")).isNull();
		this.headers.set("Cookie", "session=s0");
		assertThat(call.cookie("session")).isEqualTo("s0");
	}

	@Test
	void theKeyOfARuleIsTakenFromIt() {
		this.headers.set("Cookie", "session=s1");
		assertThat(CallKey.parse("cookie:session").of(call(MultiValueMap.fromMultiValue(Map.of())))).isEqualTo("s1");
	}

	@Test
	void noClientIsBehindACallOfAServiceAndNobodyIsAuthenticated() {
		ClientCall call = call(MultiValueMap.fromMultiValue(Map.of()));
		assertThat(call.clientIp()).isNull();
		assertThat(call.principal()).isNull();
	}

}
