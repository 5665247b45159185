// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import io.governance.resilience.InboundServers;

class TomcatInvalidRequestIntegrationTests extends InvalidRequestScenarios {

	TomcatInvalidRequestIntegrationTests() {
		super(InboundServers.TOMCAT);
	}

}
