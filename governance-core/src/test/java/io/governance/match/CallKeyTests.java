// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import io.governance.match.CallKey.Source;
import io.governance.policy.FakeCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CallKeyTests {

	private final FakeCall call = FakeCall.at("orders")
		.header("x-user-id", "ann")
		.query("sku", "book")
		.cookie("session", "s1")
		.label("lane", "blue")
		.clientIp("10.0.0.7")
		.caller("storefront")
		.principal("bob");

	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			header:x-user-id,  HEADER,    x-user-id, ann
			header: x-user-id, HEADER,    x-user-id, ann
			header:X-User-Id,  HEADER,    X-User-Id, ann
			query:sku,         QUERY,     sku,       book
			cookie:session,    COOKIE,    session,   s1
			label:lane,        LABEL,     lane,      blue
			client-ip,         CLIENT_IP, ,          10.0.0.7
			caller,            CALLER,    ,          storefront
			principal,         PRINCIPAL, ,          bob
			service,           SERVICE,   ,          orders
			operation,         OPERATION, ,          GET /
			""")
	void takesTheValueThatIsWritten(String text, Source source, @Nullable String name, String value) {
		CallKey key = CallKey.parse(text);
		assertThat(key).isEqualTo(new CallKey(source, name));
		assertThat(key.of(this.call)).isEqualTo(value);
		assertThat(CallKey.parse(key.toString())).isEqualTo(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "header", "header:", "header: ", "client-ip:x", "caller:a", "ip", "client_ip",
			"Header:x", ":x", "principal:" })
	void refusesWhatIsNoKey(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> CallKey.parse(text))
			.withMessage("key: " + text + " (expected: " + CallKey.EXPECTED + ")");
	}

	@Test
	void nameMayHoldAColon() {
		assertThat(CallKey.parse("header:a:b").name()).isEqualTo("a:b");
	}

	@ParameterizedTest
	@EnumSource(value = Source.class, mode = Mode.EXCLUDE, names = { "SERVICE", "OPERATION" })
	void callsWithoutTheValueShareOneKey(Source source) {
		boolean named = source.ordinal() < Source.CLIENT_IP.ordinal();
		assertThat(new CallKey(source, named ? "x" : null).of(FakeCall.at("orders"))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Source.class)
	void nameIsThereExactlyWhereOneIsNeeded(Source source) {
		boolean named = source.ordinal() < Source.CLIENT_IP.ordinal();
		assertThatIllegalArgumentException().isThrownBy(() -> new CallKey(source, named ? null : "x"))
			.withMessageStartingWith("key: ");
		assertThatIllegalArgumentException().isThrownBy(() -> new CallKey(source, named ? " " : "x"));
	}

}
