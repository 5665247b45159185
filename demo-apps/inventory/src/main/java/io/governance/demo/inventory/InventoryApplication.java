// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The service inventory.
 */
@SpringBootApplication(proxyBeanMethods = false)
public final class InventoryApplication {

	private InventoryApplication() {
	}

	/**
	 * Starts the service.
	 * @param args Spring properties, as {@code --name=value}
	 */
	public static void main(String[] args) {
		SpringApplication.run(InventoryApplication.class, args);
	}

}
