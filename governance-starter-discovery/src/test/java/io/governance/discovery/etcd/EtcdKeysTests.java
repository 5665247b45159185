// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.etcd.jetcd.ByteSequence;
import io.governance.discovery.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link EtcdKeys}.
 */
class EtcdKeysTests {

	private final EtcdKeys keys = new EtcdKeys("/governance/services/");

	@Test
	void anInstanceIsReadAsItWasWritten() {
		Instance instance = new Instance("orders-10.0.0.1-8443", "orders", "10.0.0.1", 8443, true,
				Map.of("version", "2", "gateway.expose", "true"));
		ByteSequence key = this.keys.instance("orders", instance.id());
		assertThat(key.toString(StandardCharsets.UTF_8)).isEqualTo("/governance/services/orders/orders-10.0.0.1-8443");
		assertThat(this.keys.read("orders", key, this.keys.value(instance))).isEqualTo(instance);
	}

	@Test
	void theFormatIsTheDocumentedOne() {
		Instance instance = new Instance("a", "orders", "10.0.0.1", 80, false, Map.of("zone", "z", "version", "2"));
		assertThat(this.keys.value(instance).toString(StandardCharsets.UTF_8)).isEqualTo(
				"{\"host\":\"10.0.0.1\",\"port\":80,\"secure\":false,\"metadata\":{\"version\":\"2\",\"zone\":\"z\"}}");
	}

	@Test
	void theLastValueSaysThatTheInstanceLeaves() {
		Instance instance = new Instance("a", "orders", "10.0.0.1", 80, false, Map.of());
		assertThat(this.keys.lastValue(instance).toString(StandardCharsets.UTF_8)).contains("\"state\":\"leaving\"");
		assertThat(this.keys.isLeaving(this.keys.lastValue(instance))).isTrue();
		assertThat(this.keys.isLeaving(this.keys.value(instance))).isFalse();
		assertThat(this.keys.read("orders", this.keys.instance("orders", "a"), this.keys.lastValue(instance)))
			.as("as those read it who do not know the word")
			.isEqualTo(instance);
	}

	@Test
	void namesCannotReachIntoOtherServices() {
		Instance instance = new Instance("a/b c", "orders/x", "10.0.0.1", 80, false, Map.of());
		ByteSequence key = this.keys.instance("orders/x", "a/b c");
		assertThat(key.toString(StandardCharsets.UTF_8)).isEqualTo("/governance/services/orders%2Fx/a%2Fb+c");
		assertThat(this.keys.serviceOf(key)).isEqualTo("orders/x");
		assertThat(this.keys.read("orders/x", key, this.keys.value(instance))).isEqualTo(instance);
	}

	@Test
	void whatOthersWroteNeedsAHostAndAPortOnly() {
		ByteSequence key = this.keys.instance("orders", "a");
		assertThat(this.keys.read("orders", key, bytes("{\"host\": \"h\", \"port\": 80}")))
			.isEqualTo(new Instance("a", "orders", "h", 80, false, Map.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "{}", "{\"host\": \"h\"}", "{\"host\": \"h\", \"port\": 70000}", "[]", "null" })
	void whatIsNoInstanceIsAnError(String value) {
		assertThatException()
			.isThrownBy(() -> this.keys.read("orders", this.keys.instance("orders", "a"), bytes(value)));
	}

	private static ByteSequence bytes(String text) {
		return ByteSequence.from(text, StandardCharsets.UTF_8);
	}

}
