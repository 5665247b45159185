// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

/**
 * An instance in the catalog.
 *
 * @param definition what was registered
 * @param createIndex index of its first registration
 * @param modifyIndex index of its last change
 */
public record RegisteredService(ServiceDefinition definition, long createIndex, long modifyIndex) {
}
