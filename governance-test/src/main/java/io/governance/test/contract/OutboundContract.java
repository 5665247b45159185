// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import io.governance.test.conformance.Contract;
import org.junit.jupiter.api.AfterEach;

/**
 * What the adapter of every HTTP client must do. Extend it, and build the client.
 */
@Contract
public abstract class OutboundContract implements OutboundAdmissionContract, OutboundBulkheadContract,
		OutboundFaultContract, OutboundRetryContract, OutboundBodyContract, OutboundTimeContract,
		OutboundContextContract, OutboundFallbackContract, OutboundCacheContract, OutboundFailbackContract {

	private final OutboundFixture fixture = new OutboundFixture(this::client);

	/**
	 * Builds the client under test: load-balanced, and picking its instances as the
	 * setting says.
	 * @param setting what to build it with
	 * @return the client
	 */
	protected abstract OutboundClient client(OutboundSetting setting);

	@Override
	public final OutboundFixture fixture() {
		return this.fixture;
	}

	@AfterEach
	final void closeFixture() {
		this.fixture.close();
	}

}
