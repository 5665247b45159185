// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The service storefront.
 */
@SpringBootApplication(proxyBeanMethods = false)
public final class StorefrontApplication {

	private StorefrontApplication() {
	}

	/**
	 * Starts the service.
	 * @param args Spring properties, as {@code --name=value}
	 */
	public static void main(String[] args) {
		SpringApplication.run(StorefrontApplication.class, args);
	}

}
