// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.net.URI;

import io.governance.test.conformance.Adapter;
import io.governance.test.consul.ConsulContract;
import io.governance.test.consul.RealConsul;
import org.junit.jupiter.api.extension.RegisterExtension;

@Adapter("Consul as a process")
class NativeConsulContractIntegrationTests extends ConsulContract {

	@RegisterExtension
	static final RealConsul consul = RealConsul.agent();

	@Override
	protected URI agent() {
		return consul.uri();
	}

}
