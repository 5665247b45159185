// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;
import java.net.URI;

import io.governance.client.CallOrigin;
import io.governance.client.RequestFactoryStage;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.mirror.Mirror;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * The attempt stage of {@code @LoadBalanced} blocking clients.
 */
public final class LoadBalancingStage implements RequestFactoryStage {

	private final InstanceSelector selector;

	private final CallOrigin origin;

	private final Mirror mirror;

	/**
	 * Creates the stage.
	 * @param selector chooses the instance of each attempt
	 * @param origin whom calls come from
	 * @param mirror sends copies of calls
	 */
	public LoadBalancingStage(InstanceSelector selector, CallOrigin origin, Mirror mirror) {
		this.selector = selector;
		this.origin = origin;
		this.mirror = mirror;
	}

	@Override
	public int getOrder() {
		return ATTEMPT;
	}

	@Override
	public ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced) {
		return loadBalanced ? new LoadBalancingRequestFactory(next, this) : next;
	}

	InstanceSelector selector() {
		return this.selector;
	}

	CallOrigin origin() {
		return this.origin;
	}

	Mirror mirror() {
		return this.mirror;
	}

	private static final class LoadBalancingRequestFactory extends AbstractClientHttpRequestFactoryWrapper {

		private final LoadBalancingStage stage;

		private LoadBalancingRequestFactory(ClientHttpRequestFactory next, LoadBalancingStage stage) {
			super(next);
			this.stage = stage;
		}

		@Override
		protected ClientHttpRequest createRequest(URI uri, HttpMethod method, ClientHttpRequestFactory next)
				throws IOException {
			return new LoadBalancingRequest(uri, method, next, this.stage);
		}

	}

}
