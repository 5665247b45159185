// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code /v1/kv}: reading, writing, deleting.
 */
interface KeyValueScenarios extends Scenario {

	@Test
	default void aValueIsGivenBackInBase64() {
		assertThat(consul().put("/v1/kv/dir/key", "hello").text()).isEqualTo("true");
		ConsulHttp.Answer answer = consul().get("/v1/kv/dir/key");
		String index = Long.toString(answer.index());
		assertThat(answer.json().toString()).isEqualTo("""
				[{"LockIndex":0,"Key":"dir/key","Flags":0,"Value":"aGVsbG8=","CreateIndex":%1$s,"ModifyIndex":%1$s}]"""
			.formatted(index));
		assertThat(answer.header("X-Consul-KnownLeader")).isEqualTo("true");
	}

	@Test
	default void aValueIsGivenBackRaw() {
		consul().put("/v1/kv/key", "{\"a\": 1}");
		ConsulHttp.Answer answer = consul().get("/v1/kv/key?raw");
		assertThat(answer.text()).isEqualTo("{\"a\": 1}");
		assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
		assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
	}

	@Test
	default void anEmptyValueIsNull() {
		consul().put("/v1/kv/folder/", "");
		assertThat(consul().get("/v1/kv/folder/").json().get(0).path("Value").isNull()).isTrue();
		assertThat(consul().get("/v1/kv/folder/?raw").text()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?recurse", "?keys", "?raw" })
	default void aMissingKeyIsNotFoundButCanBeWaitedFor(String query) {
		ConsulHttp.Answer answer = consul().get("/v1/kv/none" + query);
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.text()).isEmpty();
		assertThat(answer.index()).isPositive();
	}

	@Test
	default void everythingBelowAPrefixIsGivenInOrder() {
		putTree();
		JsonNode entries = consul().get("/v1/kv/dir/?recurse").json();
		assertThat(entries.findValuesAsString("Key")).containsExactly("dir/a", "dir/sub/b", "dir/sub/c");
		assertThat(consul().get("/v1/kv/dir?recurse").json()).hasSize(4);
		assertThat(consul().get("/v1/kv/?recurse").json()).hasSize(5);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/v1/kv/?keys                  | dir/a dir/sub/b dir/sub/c dirx top
			/v1/kv/?keys&separator=/      | dir/ dirx top
			/v1/kv/dir/?keys&separator=/  | dir/a dir/sub/
			/v1/kv/dir?keys&separator=/   | dir/ dirx
			/v1/kv/dir/sub/?keys          | dir/sub/b dir/sub/c
			""")
	default void keysAreListedUpToASeparator(String path, String keys) {
		putTree();
		assertThat(Scenario.texts(consul().get(path).json())).containsExactly(keys.split(" "));
	}

	@Test
	default void keysMayContainAnything() {
		consul().put("/v1/kv/dir/a%2Fb%20c", "1");
		consul().put("/v1/kv/dir/p+q", "2");
		consul().put("/v1/kv/dir/%C3%A4", "3");
		assertThat(Scenario.texts(consul().get("/v1/kv/dir/?keys").json())).containsExactly("dir/a/b c", "dir/p+q",
				"dir/ä");
		assertThat(consul().get("/v1/kv/dir/a/b%20c?raw").text()).isEqualTo("1");
		assertThat(consul().get("/v1/kv/dir/p%2Bq?raw").text()).isEqualTo("2");
		assertThat(consul().get("/v1/kv/dir/ä?raw".replace("ä", "%c3%a4")).text()).isEqualTo("3");
	}

	@Test
	default void deletingRemovesTheKeyAndWhatIsMissingIsNoError() {
		consul().put("/v1/kv/key", "1");
		assertThat(consul().delete("/v1/kv/key").text()).isEqualTo("true");
		assertThat(consul().get("/v1/kv/key").status()).isEqualTo(404);
		assertThat(consul().delete("/v1/kv/key").text()).isEqualTo("true");
	}

	@Test
	default void aWholePrefixCanBeDeleted() {
		putTree();
		assertThat(consul().delete("/v1/kv/dir/?recurse").text()).isEqualTo("true");
		assertThat(Scenario.texts(consul().get("/v1/kv/?keys").json())).containsExactly("dirx", "top");
		ConsulHttp.Answer answer = consul().get("/v1/kv/dir/?recurse");
		assertThat(answer.status()).isEqualTo(404);
	}

	@Test
	default void aKeyIsNeeded() {
		assertThat(consul().get("/v1/kv/").status()).isEqualTo(400);
		assertThat(consul().put("/v1/kv/", "x").text()).isEqualTo("Missing key name");
		assertThat(consul().delete("/v1/kv/").status()).isEqualTo(400);
	}

	@Test
	default void aValueMayHaveHalfAMegabyteAndNotMore() {
		assertThat(consul().put("/v1/kv/key", "x".repeat(512 * 1024)).text()).isEqualTo("true");
		assertThat(consul().get("/v1/kv/key?raw").response().body()).hasSize(512 * 1024);
		assertThat(consul().put("/v1/kv/key", "x".repeat(512 * 1024 + 1)).status()).isEqualTo(413);
	}

	private void putTree() {
		for (String key : new String[] { "dir/sub/b", "dir/a", "dir/sub/c", "dirx", "top" }) {
			consul().put("/v1/kv/" + key, "value of " + key);
		}
	}

}
