// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;

/**
 * The contract of balanced clients for OpenFeign on the client that it has by default.
 */
@Adapter("OpenFeign on its own client")
class BalancedFeignDefaultIntegrationTests extends BalancedFeignContract {

	BalancedFeignDefaultIntegrationTests() {
		super(Application.class, "spring.cloud.openfeign.httpclient.hc5.enabled=false");
	}

	@Override
	@NotApplicable("This client does not look at interrupts while it waits for an answer; the call ends with its time.")
	protected void aCallThatIsGivenUpEndsAtOnce() {
	}

}
