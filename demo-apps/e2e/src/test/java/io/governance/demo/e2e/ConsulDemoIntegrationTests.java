// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import io.governance.test.consul.ConsulBinary;
import io.governance.test.Requirement;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsulDemoIntegrationTests extends DemoJourney {

	@RegisterExtension
	static final Requirement CONSUL = ConsulBinary.requirement();

	ConsulDemoIntegrationTests() {
		super("consul", CONSUL.isMet());
	}

}
