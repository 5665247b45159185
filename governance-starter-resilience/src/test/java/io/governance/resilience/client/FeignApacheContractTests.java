// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import feign.hc5.ApacheHttp5Client;
import io.governance.test.conformance.Adapter;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import feign.Client;

/**
 * The contract for OpenFeign on Apache's client.
 */
@Adapter("OpenFeign on Apache's client")
class FeignApacheContractTests extends FeignContract {

	@Override
	Client transport() {
		return new ApacheHttp5Client(HttpClients.custom().setRetryStrategy(new GovernedRetryStrategy()).build());
	}

}
