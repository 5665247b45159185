// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The service orders.
 */
@SpringBootApplication(proxyBeanMethods = false)
public final class OrdersApplication {

	private OrdersApplication() {
	}

	/**
	 * Starts the service.
	 * @param args Spring properties, as {@code --name=value}
	 */
	public static void main(String[] args) {
		SpringApplication.run(OrdersApplication.class, args);
	}

}
