// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import feign.Client;
import feign.okhttp.OkHttpClient;
import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The contract of balanced clients for OpenFeign on OkHttp, a bean of the application's.
 */
@Adapter("OpenFeign on OkHttp")
class BalancedFeignOkHttpIntegrationTests extends BalancedFeignContract {

	BalancedFeignOkHttpIntegrationTests() {
		super(WithOkHttp.class, "spring.cloud.openfeign.httpclient.hc5.enabled=false");
	}

	@Override
	@NotApplicable("This client does not look at interrupts while it waits for an answer; the call ends with its time.")
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
