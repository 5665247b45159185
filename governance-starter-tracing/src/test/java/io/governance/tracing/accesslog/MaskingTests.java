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

	@ParameterizedTest
	@ValueSource(strings = { "https://bob:p%2Fs3cret@host/x", "https://bob:p%23s3cret@host/x",
			"https://bob:p%3fs3cret@host/x", "https://bob:p@s3cret@host/x", "https://bob@corp:s3cret@host/x",
			"https://bob%40corp:s3cret@host/x", "https://bob:p\u2026s3cret@host/x",
			"https%3A//bob%3Ap%252Fs3cret%40host/x", "https%3A%2F%2Fbob%3Ap%252Fs3cret%40host%2Fx",
			"https%3A%2F%2Fbob%3Ap%40s3cret%40host%2Fx", "https%253A%252F%252Fbob%253As3cret%2540host%252Fx",
			"://a://bob:s3cret@host/x" })
	void aUserInfoIsMaskedWhole(String url) {
		for (String masked : List.of(this.masking.path("/go/" + url), this.masking.query("u=" + url),
				this.masking.header("Referer", url))) {
			assertThat(masked).doesNotContain("bob", "s3cret").contains("***", "host", "x");
		}
	}

	@ParameterizedTest
	@CsvSource({ "u=https%3A%2F%2Fhost%2F&mail=a@b, u=https%3A%2F%2Fhost%2F&mail=a@b",
			"u=https%3A%2F%2Fhost&mail=a@b, u=https%3A%2F%2Fhost&mail=a@b",
			"u=https%3A%2F%2Fhost%3Fmail%3Da%40b, u=https%3A%2F%2Fhost%3Fmail%3Da%40b",
			"u=https%253A%252F%252Fhost%252Fa%2540b, u=https%253A%252F%252Fhost%252Fa%2540b" })
	void whatFollowsAnAuthorityStays(String query, String expected) {
		assertThat(this.masking.query(query)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer%09s3cret", "bearer\ts3cret", "Basic%2520s3cret", "Bearer%20%09+s3cret" })
	void credentialsAreMaskedWhateverSpaceIsBefore(String value) {
		assertThat(this.masking.query("a=" + value)).doesNotContain("s3cret");
		assertThat(this.masking.header("X-Client", value)).doesNotContain("s3cret");
	}

	@Test
	void aUserInfoThatWasCutOffIsMasked() {
		assertThat(this.masking.query("u=https://bob@secr" + AccessRecord.CUT)).doesNotContain("bob", "secr");
		assertThat(this.masking.query("u=https://bob:secr" + AccessRecord.CUT)).doesNotContain("bob", "secr");
	}

	@ParameterizedTest
	@ValueSource(strings = { "://", "%3A%2F%2F", "://a", "bearer ", "eyJ", "eyJaaaaaaaa.", ";a=", "%2", "=&",
			"://%3A%2F%2F", "%3A%2F%2F%253A%252F%252F", ":%2F%2F@", "bearer%09" })
	void manyBeginningsDoNotTakeLong(String beginning) {
		String hostile = beginning.repeat(AccessRecord.MAX_PATH / beginning.length());
		for (int i = 0; i < 200; i++) {
			assertThat(this.masking.path(hostile)).isNotNull();
			assertThat(this.masking.query(hostile)).isNotNull();
		}
	}

}
