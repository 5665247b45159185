// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import io.governance.test.conformance.Adapter;

/**
 * The contract of balanced clients for OpenFeign on the JDK's client.
 */
@Adapter("OpenFeign on the JDK's client")
class BalancedFeignJdkIntegrationTests extends BalancedFeignContract {

	BalancedFeignJdkIntegrationTests() {
		super(Application.class, "spring.cloud.openfeign.httpclient.hc5.enabled=false",
				"spring.cloud.openfeign.http2client.enabled=true");
	}

}
