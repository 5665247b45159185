// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.plain;

import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * The client for calls to other services by name.
 */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

	@Bean
	@LoadBalanced
	RestClient.Builder loadBalancedBuilder(RestClientBuilderConfigurer configurer) {
		return configurer.configure(RestClient.builder());
	}

}
