// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import io.governance.resilience.InboundServers;
import io.governance.test.conformance.Adapter;
import io.governance.test.contract.InboundServer;
import io.governance.test.contract.InboundSetup;

/**
 * The inbound contract on Jetty.
 */
@Adapter("Servlet on Jetty")
class JettyInboundIntegrationTests extends ServletInboundContract {

	@Override
	protected InboundServer start(InboundSetup setup) {
		return InboundServers.JETTY.start(setup, ServletContractApplication.class);
	}

}
