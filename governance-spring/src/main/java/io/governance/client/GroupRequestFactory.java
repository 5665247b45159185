// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * The layers of an HTTP service group: which ones depends on where a request goes.
 */
final class GroupRequestFactory implements ClientHttpRequestFactory {

	private final String group;

	private final ClientHttpRequestFactory plain;

	/** Made when it is needed, so that nothing is said of clients that never need it. */
	private final SingletonSupplier<ClientHttpRequestFactory> loadBalanced;

	GroupRequestFactory(String group, ClientHttpRequestFactory plain, Supplier<ClientHttpRequestFactory> loadBalanced) {
		this.group = group;
		this.plain = plain;
		this.loadBalanced = SingletonSupplier.of(loadBalanced);
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
		URI target = GroupAddresses.of(uri, this.group);
		ClientHttpRequestFactory factory = GroupAddresses.isLoadBalanced(target) ? this.loadBalanced.obtain()
				: this.plain;
		return factory.createRequest(target, method);
	}

}
