// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.net.URI;

import io.governance.client.RequestFactoryStage;
import io.governance.resilience.execution.BlockingCallExecutor;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * The call stage of {@code RestClient} and {@code RestTemplate}: once per logical call,
 * outside of the choice of an instance. Load-balanced clients have it for every call,
 * others for calls to named hosts.
 */
public final class CallStage implements RequestFactoryStage {

	private final ClientSettings settings;

	private final BlockingCallExecutor executor;

	/**
	 * Creates the stage.
	 * @param settings what adapters work with
	 */
	public CallStage(ClientSettings settings) {
		this.settings = settings;
		this.executor = new BlockingCallExecutor(settings.execution());
	}

	@Override
	public int getOrder() {
		return CALL;
	}

	@Override
	public ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced) {
		if (loadBalanced) {
			return (uri, method) -> govern(uri, method, next);
		}
		GovernedHosts hosts = this.settings.hosts();
		return hosts.isEmpty() ? next
				: (uri, method) -> hosts.contains(uri) ? govern(uri, method, next) : next.createRequest(uri, method);
	}

	private ClientHttpRequest govern(URI uri, HttpMethod method, ClientHttpRequestFactory next) throws IOException {
		return new GovernedRequest(uri, method, next, this);
	}

	ClientSettings settings() {
		return this.settings;
	}

	BlockingCallExecutor executor() {
		return this.executor;
	}

}
