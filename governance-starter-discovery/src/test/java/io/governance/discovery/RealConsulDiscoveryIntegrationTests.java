// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import io.governance.test.consul.RealConsul;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Discovery on a real Consul agent.
 */
class RealConsulDiscoveryIntegrationTests extends AbstractDiscoveryIntegrationTests {

	@RegisterExtension
	static final RealConsul consul = RealConsul.agent();

	@Override
	TestConsul startConsul() {
		// empty for each test
		consul.kill();
		consul.start();
		return new TestConsul() {

			@Override
			public int port() {
				return consul.port();
			}

			@Override
			public void stop() {
				consul.kill();
			}

			@Override
			public void start() {
				consul.start();
			}

			@Override
			public void close() {
			}

		};
	}

}
