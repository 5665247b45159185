// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTests {

	private final Masking masking = new Masking(List.of("Tax-No"));

	@ParameterizedTest
	@CsvSource({ "page=2, page=2", "token=x&page=2, token=***&page=2", "page=2&access_token=x, page=2&access_token=***",
			"accessToken=x, accessToken=***", "X-Api-Key=x, X-Api-Key=***", "apikey=x;page=2, apikey=***;page=2",
			"user%5Bpassword%5D=x, user%5Bpassword%5D=***", "%74oken=x, %74oken=***", "code=x, code=***",
			"postcode=x, postcode=x", "taxNo=x, taxNo=***", "client_secret=a=b&z=1, client_secret=***&z=1",
			"token, token", "'', ''", "=x, =x", "password=, password=***", "%zztoken=x, %zztoken=***" })
	void parametersThatSoundSecretAreMasked(String query, String expected) {
		assertThat(this.masking.query(query)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "u=https://bob:pw@host/x, u=https://***@host/x",
			"u=https%3A%2F%2Fbob%3Apw%40host, u=https%3A%2F%2F***%40host",
			"u=https://host/x?y=a@b, u=https://host/x?y=a@b", "u=HTTP%3a%2f%2fbob@host, u=HTTP%3a%2f%2f***@host",
			"a=Bearer%20abc.def, a=Bearer%20***", "a=basic+abc&b=1, a=basic+***&b=1",
			"a=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln, a=***" })
	void secretsInValuesAreMasked(String query, String expected) {
		assertThat(this.masking.query(query)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "/a;jsessionid=1/b, /a;jsessionid=***/b", "/a;v=1, /a;v=1",
			"/go/https://bob:pw@host/, /go/https://***@host/", "/plain, /plain" })
	void pathParametersAreMasked(String path, String expected) {
		assertThat(this.masking.path(path)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key",
			"X-Auth-Token", "X-CSRF-Token", "tax_no" })
	void headersThatSoundSecretAreMasked(String name) {
		assertThat(this.masking.header(name, "value")).isEqualTo("***");
	}

	@Test
	void aUserInfoThatWasCutOffIsMasked() {
		assertThat(this.masking.query("u=https://bob:secr" + AccessRecord.CUT)).doesNotContain("bob", "secr");
	}

	@ParameterizedTest
	@ValueSource(strings = { "://", "%3A%2F%2F", "://a", "bearer ", "eyJ", "eyJaaaaaaaa.", ";a=", "%2", "=&" })
	void manyBeginningsDoNotTakeLong(String beginning) {
		String hostile = beginning.repeat(AccessRecord.MAX_PATH / beginning.length());
		for (int i = 0; i < 200; i++) {
			assertThat(this.masking.path(hostile)).isNotNull();
			assertThat(this.masking.query(hostile)).isNotNull();
		}
	}

}
