// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import io.governance.client.RequestFactoryStage;

import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Between the choice of an instance and the wire: an attempt of a load-balanced blocking
 * client takes its place at the instance.
 */
public final class ConnectionLimitStage implements RequestFactoryStage {

	/** Inside of the choice of an instance. */
	static final int ORDER = (ATTEMPT + TRANSPORT) / 2;

	private final ConnectionLimits limits;

	/**
	 * Creates the stage.
	 * @param limits gives the places
	 */
	public ConnectionLimitStage(ConnectionLimits limits) {
		this.limits = limits;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced) {
		return loadBalanced ? (uri, method) -> new LimitedRequest(next.createRequest(uri, method), this.limits) : next;
	}

}
