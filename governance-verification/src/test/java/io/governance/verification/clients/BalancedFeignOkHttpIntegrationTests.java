// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import feign.Client;
import feign.okhttp.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The contract of balanced clients for OpenFeign on OkHttp, a bean of the application's.
 */
class BalancedFeignOkHttpIntegrationTests extends BalancedFeignContract {

	BalancedFeignOkHttpIntegrationTests() {
		super(WithOkHttp.class, "spring.cloud.openfeign.httpclient.hc5.enabled=false");
	}

	/**
	 * Does not apply: this client does not look at interrupts while it waits.
	 */
	@Override
	protected void aCallThatIsGivenUpEndsAtOnce() {
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class WithOkHttp {

		@Bean
		Client client() {
			return new OkHttpClient();
		}

	}

}
