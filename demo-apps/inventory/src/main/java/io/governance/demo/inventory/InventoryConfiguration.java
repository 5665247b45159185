// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import io.governance.time.TimeSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The stock and its journal, and the switch for faults.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InventoryProperties.class)
class InventoryConfiguration {

	@Bean
	Inventory inventory(InventoryProperties properties) {
		Journal journal = new Journal(properties.journal(), TimeSource.system());
		return new Inventory(journal, new Stock(properties.stock()));
	}

	@Bean
	Faults faults() {
		return new Faults();
	}

	@Bean
	FaultFilter faultFilter(Faults faults) {
		return new FaultFilter(faults, TimeSource.system());
	}

	@Bean
	FaultEndpoint faultEndpoint(Faults faults) {
		return new FaultEndpoint(faults);
	}

}
