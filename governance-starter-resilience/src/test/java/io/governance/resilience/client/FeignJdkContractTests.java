// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import feign.http2client.Http2Client;
import feign.Client;
import io.governance.test.conformance.Adapter;

/**
 * The contract for OpenFeign on the JDK's client.
 */
@Adapter("OpenFeign on the JDK's client")
class FeignJdkContractTests extends FeignContract {

	@Override
	Client transport() {
		return new Http2Client();
	}

}
