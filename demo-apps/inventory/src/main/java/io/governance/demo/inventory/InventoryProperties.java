// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.nio.file.Path;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What inventory starts with.
 *
 * @param journal file of all reservations, shared by all instances
 * @param stock units on hand before the first reservation, by sku
 */
@ConfigurationProperties("demo.inventory")
record InventoryProperties(Path journal, Map<String, Long> stock) {
}
