// SPDX-License-Identifier: Apache-2.0

package io.governance.request;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QueryStringTests {

	@ParameterizedTest
	@CsvSource({ "a=1&b=2, 2", "b=1&b=2, 1", "a&b, ''", "b=, ''", "b=a%20b+c, a b c", "%62=x, x", "b=%zz, %zz",
			"b=1=2, 1=2", "&&b=3, 3" })
	void findsTheFirstValue(String raw, String value) {
		assertThat(new QueryString(raw).first("b")).isEqualTo(value);
	}

	@Test
	void knowsWhatIsNotThere() {
		assertThat(new QueryString("a=1").first("b")).isNull();
		assertThat(new QueryString(null).first("b")).isNull();
		assertThat(new QueryString("").first("b")).isNull();
	}

}
