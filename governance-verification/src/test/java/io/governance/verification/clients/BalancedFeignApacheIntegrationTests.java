// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;

/**
 * The contract of balanced clients for OpenFeign on Apache's client.
 */
@Adapter("OpenFeign on Apache's client")
class BalancedFeignApacheIntegrationTests extends BalancedFeignContract {

	BalancedFeignApacheIntegrationTests() {
		super(Application.class);
	}

	@Override
	@NotApplicable("This client does not look at interrupts while it waits for an answer; the call ends with its time.")
	protected void aCallThatIsGivenUpEndsAtOnce() {
	}

}
