// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import io.governance.resilience.InboundServers;

class NettyInvalidRequestIntegrationTests extends InvalidRequestScenarios {

	NettyInvalidRequestIntegrationTests() {
		super(InboundServers.NETTY);
	}

}
