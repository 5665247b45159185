// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.net.URI;

import io.governance.test.conformance.Adapter;
import io.governance.test.consul.ConsulContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@Adapter("embedded registry")
class EmbeddedConsulContractIntegrationTests extends ConsulContract {

	private static final EmbeddedConsul consul = new EmbeddedConsul(EmbeddedConsulSettings.onFreePort());

	@BeforeAll
	static void start() {
		consul.start();
	}

	@AfterAll
	static void stop() {
		consul.close();
	}

	@Override
	protected URI agent() {
		return consul.uri();
	}

}
