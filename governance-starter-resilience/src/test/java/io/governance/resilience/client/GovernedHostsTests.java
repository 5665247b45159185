// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.net.URI;
import java.util.List;

import io.governance.client.ClientCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GovernedHosts}.
 */
class GovernedHostsTests {

	@ParameterizedTest
	@CsvSource({ "http://api.example/x,true", "https://API.Example:8443/x,true", "http://user@api.example,true",
			"http://other.example/x,false", "http://api.example.evil/x,false", "/relative,false" })
	void namesHostsInAnyCaseAndOnAnyPort(URI uri, boolean governed) {
		assertThat(new GovernedHosts(List.of(" API.example ")).contains(uri)).isEqualTo(governed);
	}

	@Test
	void namesThatAreNoHostNamesAreTakenFromTheAuthority() {
		assertThat(ClientCall.host(URI.create("http://my_service:80/x"))).isEqualTo("my_service");
		assertThat(ClientCall.host(URI.create("http://ann@my_service/x"))).isEqualTo("my_service");
	}

}
