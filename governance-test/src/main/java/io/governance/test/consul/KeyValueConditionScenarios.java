// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code /v1/kv}: check-and-set, flags, indexes.
 */
interface KeyValueConditionScenarios extends Scenario {

	@Test
	default void anEntryIsMadeOnlyIfThereIsNone() {
		assertThat(consul().put("/v1/kv/key?cas=0", "1").text()).isEqualTo("true");
		assertThat(consul().put("/v1/kv/key?cas=0", "2").text()).isEqualTo("false");
		assertThat(consul().get("/v1/kv/key?raw").text()).isEqualTo("1");
	}

	@Test
	default void anEntryIsChangedOnlyIfNobodyElseDid() {
		consul().put("/v1/kv/key", "1");
		long index = consul().get("/v1/kv/key").index();
		consul().put("/v1/kv/key", "2");
		assertThat(consul().put("/v1/kv/key?cas=" + index, "3").text()).isEqualTo("false");
		long current = consul().get("/v1/kv/key").index();
		assertThat(consul().put("/v1/kv/key?cas=" + current, "3").text()).isEqualTo("true");
		assertThat(consul().get("/v1/kv/key?raw").text()).isEqualTo("3");
	}

	@Test
	default void anEntryIsDeletedOnlyIfNobodyChangedIt() {
		consul().put("/v1/kv/key", "1");
		long index = consul().get("/v1/kv/key").index();
		consul().put("/v1/kv/key", "2");
		assertThat(consul().delete("/v1/kv/key?cas=" + index).text()).isEqualTo("false");
		assertThat(consul().delete("/v1/kv/key?cas=0").text()).isEqualTo("false");
		long current = consul().get("/v1/kv/key").index();
		assertThat(consul().delete("/v1/kv/key?cas=" + current).text()).isEqualTo("true");
		assertThat(consul().get("/v1/kv/key").status()).isEqualTo(404);
		assertThat(consul().delete("/v1/kv/key?cas=" + current).text()).isEqualTo("true");
	}

	@Test
	default void flagsAreKeptWithTheEntry() {
		consul().put("/v1/kv/key?flags=18446744073709551615", "1");
		assertThat(consul().get("/v1/kv/key").json().get(0).path("Flags").bigIntegerValue())
			.isEqualTo("18446744073709551615");
		consul().put("/v1/kv/key", "1");
		assertThat(consul().get("/v1/kv/key").json().get(0).path("Flags").intValue()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cas=x", "flags=x" })
	default void aNumberThatIsNoneIsRefused(String query) {
		ConsulHttp.Answer answer = consul().put("/v1/kv/key?" + query, "1");
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.text()).contains("parsing \"x\": invalid syntax");
	}

	@Test
	default void writingTheSameAgainChangesNothing() {
		consul().put("/v1/kv/key?flags=7", "1");
		long index = consul().get("/v1/kv/key").index();
		assertThat(consul().put("/v1/kv/key?flags=7", "1").text()).isEqualTo("true");
		assertThat(consul().get("/v1/kv/key").index()).isEqualTo(index);
		consul().put("/v1/kv/key?flags=8", "1");
		assertThat(consul().get("/v1/kv/key").index()).isGreaterThan(index);
	}

	@Test
	default void theIndexOfAPrefixGrowsWithADeletion() {
		consul().put("/v1/kv/dir/a", "1");
		consul().put("/v1/kv/dir/b", "1");
		long index = consul().get("/v1/kv/dir/?recurse").index();
		consul().delete("/v1/kv/dir/a");
		assertThat(consul().get("/v1/kv/dir/?recurse").index()).isGreaterThan(index);
	}

}
