// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.net.URI;

import io.governance.test.consul.ConsulContract;
import io.governance.test.consul.GrpcProbeScenarios;
import io.governance.test.consul.RealConsul;
import org.junit.jupiter.api.extension.RegisterExtension;

class NativeConsulContractIntegrationTests extends ConsulContract implements GrpcProbeScenarios {

	@RegisterExtension
	static final RealConsul consul = RealConsul.agent();

	@Override
	protected URI agent() {
		return consul.uri();
	}

}
