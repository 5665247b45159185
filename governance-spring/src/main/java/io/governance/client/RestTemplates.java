// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/**
 * Puts the layers around a {@code RestTemplate}'s request factory, inside of its
 * interceptors.
 */
final class RestTemplates {

	private RestTemplates() {
	}

	static void wrap(RestTemplate template, RequestFactoryStages stages, boolean loadBalanced) {
		ClientHttpRequestFactory factory = template.getRequestFactory();
		if (factory instanceof InterceptingClientHttpRequestFactory intercepting) {
			factory = intercepting.getDelegate();
		}
		ClientHttpRequestFactory wrapped = stages.wrap(factory, loadBalanced);
		if (wrapped != factory) {
			template.setRequestFactory(wrapped);
		}
	}

}
