// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.plain;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Storefront, orders, inventory or payments, by the name it is given.
 */
@SpringBootApplication(proxyBeanMethods = false)
public final class PlainApplication {

	private PlainApplication() {
	}

	/**
	 * Starts the service.
	 * @param args Spring properties, as {@code --name=value}
	 */
	public static void main(String[] args) {
		SpringApplication.run(PlainApplication.class, args);
	}

}
