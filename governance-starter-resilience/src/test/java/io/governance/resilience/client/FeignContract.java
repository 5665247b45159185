// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import feign.Client;
import io.governance.test.conformance.NotApplicable;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundContract;
import io.governance.test.contract.OutboundSetting;

/**
 * The contract for OpenFeign, on each of its clients.
 */
abstract class FeignContract extends OutboundContract {

	abstract Client transport();

	@Override
	protected final OutboundClient client(OutboundSetting setting) {
		return FeignUnderTest.client(setting, transport());
	}

	@Override
	@NotApplicable("OpenFeign has every body whole in memory before the call, so that none can be read only once.")
	public final void aLargeBodyThatCanBeReadOnceIsTriedOnce() {
	}

}
