// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.payments;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The service payments.
 */
@SpringBootApplication(proxyBeanMethods = false)
public final class PaymentsApplication {

	private PaymentsApplication() {
	}

	/**
	 * Starts the service.
	 * @param args Spring properties, as {@code --name=value}
	 */
	public static void main(String[] args) {
		SpringApplication.run(PaymentsApplication.class, args);
	}

}
