// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import io.governance.resilience.InboundServers;
import io.governance.test.conformance.Adapter;
import io.governance.test.contract.InboundBodyContract;

/**
 * Large bodies through Jetty.
 */
@Adapter("Servlet on Jetty")
class JettyBodiesIntegrationTests extends InboundBodyContract {

	JettyBodiesIntegrationTests() {
		super(ServletBodiesApplication.class, "-D" + ServletBodiesApplication.SERVER + "=" + InboundServers.JETTY);
	}

}
