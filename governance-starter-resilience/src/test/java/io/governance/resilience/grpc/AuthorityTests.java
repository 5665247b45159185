// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AuthorityTests {

	@ParameterizedTest
	@CsvSource({ "inventory,inventory", "inventory:9090,inventory", "10.0.0.1:80,10.0.0.1", "[::1]:9090,[::1]",
			"[::1],[::1]", "::1,::1", "dns:///inventory:9090,inventory", "dns://8.8.8.8/inventory:9090,inventory",
			"discovery:///inventory,inventory", "static://127.0.0.1:9090,127.0.0.1", "'',''" })
	void theHostIsWithoutSchemeAndPort(String target, String host) {
		assertThat(Authority.host(target)).isEqualTo(host);
	}

}
