// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import io.governance.embeddedconsul.EmbeddedConsul;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Checks of the embedded registry.
 */
class EmbeddedConsulChecksIntegrationTests extends AbstractChecksIntegrationTests {

	private static EmbeddedConsul consul;

	@BeforeAll
	static void startConsul() {
		consul = EmbeddedConsul.startOnFreePort();
	}

	@AfterAll
	static void stopConsul() {
		consul.close();
	}

	@Override
	int consul() {
		return consul.port();
	}

}
