// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.net.URI;

import io.governance.test.consul.ConsulContract;
import io.governance.test.consul.GrpcProbeScenarios;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedConsulContractIntegrationTests extends ConsulContract implements GrpcProbeScenarios {

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
