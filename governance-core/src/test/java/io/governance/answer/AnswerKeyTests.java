// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.governance.policy.Call;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerKeyTests {

	private static final KeptCall CALL = KeptCall.get("http://inventory/items?page=1");

	private static String key(Call call) {
		return String.valueOf(AnswerKey.of(call, List.of("accept"), false));
	}

	@Test
	void whatTellsRequestsOrPrincipalsApartIsInTheKey() {
		List<Call> calls = List.of(CALL, CALL.method("HEAD"), KeptCall.get("http://inventory/items?page=2"),
				KeptCall.get("http://inventory:81/items?page=1"), KeptCall.get("https://inventory/items?page=1"),
				CALL.header("Authorization", "Bearer a"), CALL.header("Authorization", "Bearer b"),
				CALL.header("Cookie", "a=b"), CALL.header("Cookie", "a=b", "c=d"), CALL.header("Cookie", "a=b 3 c=d"),
				CALL.header("Proxy-Authorization", "Bearer a"), CALL.header("Accept", "text/csv"),
				CALL.header("Accept", ""), CALL.header("Host", "a.example.com"), CALL.header("Host", "b.example.com"));
		Set<String> keys = new HashSet<>();
		calls.forEach((call) -> keys.add(key(call)));
		assertThat(keys).hasSameSizeAs(calls).allMatch((key) -> key.length() == 64);
	}

	@Test
	void whatTellsNothingApartIsNotInTheKey() {
		assertThat(key(CALL.header("x-request-id", "1"))).isEqualTo(key(CALL));
	}

	@Test
	void callsWhoseAnswersAreNotToBeKeptHaveNoKey() {
		for (Call call : List.of(CALL.method("POST"), CALL.header("Content-Length", "7"),
				CALL.header("Transfer-Encoding", "chunked"), CALL.header("Range", "bytes=0-1"),
				CALL.header("Cache-Control", "max-age=0, No-Store"), new KeptCall("GET", null, CALL.values()))) {
			assertThat(AnswerKey.of(call, List.of(), false)).isNull();
		}
	}

}
