// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

class EmbeddedRegistryDemoIntegrationTests extends DemoJourney {

	EmbeddedRegistryDemoIntegrationTests() {
		super("embedded", true);
	}

}
