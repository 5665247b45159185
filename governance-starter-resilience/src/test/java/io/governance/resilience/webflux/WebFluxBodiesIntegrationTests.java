// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.test.conformance.Adapter;
import io.governance.test.contract.InboundBodyContract;

/**
 * Large bodies through Reactor Netty.
 */
@Adapter("WebFlux on Reactor Netty")
class WebFluxBodiesIntegrationTests extends InboundBodyContract {

	WebFluxBodiesIntegrationTests() {
		super(WebFluxBodiesApplication.class);
	}

}
