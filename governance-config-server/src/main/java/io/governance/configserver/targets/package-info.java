// SPDX-License-Identifier: Apache-2.0

/**
 * Scrape targets for Prometheus, by its HTTP service discovery: all registered instances
 * whose metadata name the path of their metrics. The list is kept in memory and outlives
 * the registry; a request never waits for it.
 */
@NullMarked
package io.governance.configserver.targets;

import org.jspecify.annotations.NullMarked;
