// SPDX-License-Identifier: Apache-2.0

/**
 * Scrape targets for Prometheus: all registered instances, by its HTTP service discovery.
 * The list is kept in memory and outlives the registry; a request never waits for it.
 */
@NullMarked
package io.governance.configserver.targets;

import org.jspecify.annotations.NullMarked;
