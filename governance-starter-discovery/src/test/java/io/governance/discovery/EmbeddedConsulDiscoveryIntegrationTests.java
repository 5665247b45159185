// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import io.governance.embeddedconsul.EmbeddedConsul;

/**
 * Discovery on the embedded registry.
 */
class EmbeddedConsulDiscoveryIntegrationTests extends AbstractDiscoveryIntegrationTests {

	@Override
	TestConsul startConsul() {
		EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
		return new TestConsul() {

			@Override
			public int port() {
				return consul.port();
			}

			@Override
			public void stop() {
				consul.stop();
			}

			@Override
			public void start() {
				consul.start();
			}

			@Override
			public void close() {
				consul.close();
			}

		};
	}

}
