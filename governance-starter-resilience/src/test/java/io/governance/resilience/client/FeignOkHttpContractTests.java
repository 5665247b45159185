// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import feign.okhttp.OkHttpClient;
import feign.Client;
import io.governance.test.conformance.Adapter;

/**
 * The contract for OpenFeign on OkHttp.
 */
@Adapter("OpenFeign on OkHttp")
class FeignOkHttpContractTests extends FeignContract {

	@Override
	Client transport() {
		return new OkHttpClient();
	}

}
