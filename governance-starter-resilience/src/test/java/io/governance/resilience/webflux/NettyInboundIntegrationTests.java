// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.resilience.InboundServers;
import io.governance.test.conformance.Adapter;
import io.governance.test.contract.InboundContract;
import io.governance.test.contract.InboundServer;
import io.governance.test.contract.InboundSetup;

/**
 * The inbound contract with WebFlux on Reactor Netty.
 */
@Adapter("WebFlux on Reactor Netty")
class NettyInboundIntegrationTests extends InboundContract {

	@Override
	protected InboundServer start(InboundSetup setup) {
		return InboundServers.NETTY.start(setup, WebFluxContractApplication.class);
	}

}
