// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import io.governance.resilience.InboundServers;
import io.governance.test.conformance.Adapter;

@Adapter("WebFlux on Reactor Netty")
class NettyInvalidRequestIntegrationTests extends InvalidRequestScenarios {

	NettyInvalidRequestIntegrationTests() {
		super(InboundServers.NETTY);
	}

}
