// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import org.springframework.core.Ordered;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * One layer around the requests of {@code RestClient}, {@code RestTemplate} and their
 * builders. Every bean of this type is asked for each client; the layer of the lowest
 * order is the outermost. User interceptors run outside of all layers, once per call.
 * Bodies stream through as long as the layer's request does not collect them.
 * Implementations are thread-safe.
 */
public interface RequestFactoryStage extends Ordered {

	/** The order of the call stage: deadline, limits, retry. */
	int CALL = 0;

	/** The order of the attempt stage: choice of an instance. */
	int ATTEMPT = 1000;

	/** The order of what is next to the wire: the times of an attempt. */
	int TRANSPORT = 2000;

	/**
	 * Puts this layer around a client's requests.
	 * @param next makes the requests of the layer inside
	 * @param loadBalanced whether the client is marked {@code @LoadBalanced}
	 * @return the layer; {@code next} itself where it has no business with this client
	 */
	ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced);

}
