// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import io.governance.resilience.InboundServers;
import io.governance.test.contract.InboundContract;
import io.governance.test.contract.InboundServer;
import io.governance.test.contract.InboundSetup;

/**
 * The inbound contract on Tomcat.
 */
class TomcatInboundIntegrationTests extends InboundContract {

	@Override
	protected InboundServer start(InboundSetup setup) {
		return InboundServers.TOMCAT.start(setup, ServletContractApplication.class);
	}

}
