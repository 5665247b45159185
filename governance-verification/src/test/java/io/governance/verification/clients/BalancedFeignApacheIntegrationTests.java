// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

/**
 * The contract of balanced clients for OpenFeign on Apache's client.
 */
class BalancedFeignApacheIntegrationTests extends BalancedFeignContract {

	BalancedFeignApacheIntegrationTests() {
		super(Application.class);
	}

	/**
	 * Does not apply: this client does not look at interrupts while it waits.
	 */
	@Override
	protected void aCallThatIsGivenUpEndsAtOnce() {
	}

}
