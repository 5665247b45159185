// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import io.governance.test.consul.RealConsul;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Checks of a real Consul.
 */
class RealConsulChecksIntegrationTests extends AbstractChecksIntegrationTests {

	@RegisterExtension
	static final RealConsul consul = RealConsul.agent();

	@Override
	int consul() {
		return consul.port();
	}

}
