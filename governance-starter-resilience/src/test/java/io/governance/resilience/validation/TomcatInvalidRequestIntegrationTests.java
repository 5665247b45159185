// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import io.governance.resilience.InboundServers;
import io.governance.test.conformance.Adapter;

@Adapter("Servlet on Tomcat")
class TomcatInvalidRequestIntegrationTests extends InvalidRequestScenarios {

	TomcatInvalidRequestIntegrationTests() {
		super(InboundServers.TOMCAT);
	}

}
