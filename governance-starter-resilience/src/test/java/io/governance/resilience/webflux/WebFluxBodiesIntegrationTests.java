// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.test.contract.InboundBodyContract;

/**
 * Large bodies through Reactor Netty.
 */
class WebFluxBodiesIntegrationTests extends InboundBodyContract {

	WebFluxBodiesIntegrationTests() {
		super(WebFluxBodiesApplication.class);
	}

}
