// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

/**
 * The contract of balanced clients for OpenFeign on the client that it has by default.
 */
class BalancedFeignDefaultIntegrationTests extends BalancedFeignContract {

	BalancedFeignDefaultIntegrationTests() {
		super(Application.class, "spring.cloud.openfeign.httpclient.hc5.enabled=false");
	}

	/**
	 * Does not apply: this client does not look at interrupts while it waits.
	 */
	@Override
	protected void aCallThatIsGivenUpEndsAtOnce() {
	}

}
