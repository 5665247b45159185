// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.net.URI;
import java.util.Map;

import io.governance.discovery.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link InstanceUris}.
 */
class InstanceUrisTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			http://orders/a%2Fb/c;v=1?q=%20x, false, http://10.0.0.1:8080/a%2Fb/c;v=1?q=%20x
			lb://orders,                      false, http://10.0.0.1:8080
			https://orders:443/x,             false, https://10.0.0.1:8080/x
			http://orders/x,                  true,  https://10.0.0.1:8080/x
			http://u:p@orders/x,              false, http://u:p@10.0.0.1:8080/x
			http://my_service/x,              false, http://10.0.0.1:8080/x
			""")
	void onlyTheAddressAndTheSchemeChange(URI uri, boolean secure, URI expected) {
		Instance instance = new Instance("i", "orders", "10.0.0.1", 8080, secure, Map.of());
		assertThat(InstanceUris.at(uri, instance)).isEqualTo(expected);
	}

	@Test
	void addressesOfTheSixthVersionHaveBrackets() {
		Instance instance = new Instance("i", "orders", "::1", 8080, false, Map.of());
		assertThat(InstanceUris.at(URI.create("http://orders/x"), instance)).hasToString("http://[::1]:8080/x");
	}

	@ParameterizedTest
	@CsvSource({ "http://orders/x, orders", "http://my_service:80/x, my_service", "http://u@my_service/x, my_service" })
	void theServiceIsTheHost(URI uri, String service) {
		assertThat(InstanceUris.service(uri)).isEqualTo(service);
	}

	@Test
	void aUriWithoutHostIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> InstanceUris.service(URI.create("/x")))
			.withMessage("URI of a load-balanced client: /x (expected: a service name as host)");
	}

}
