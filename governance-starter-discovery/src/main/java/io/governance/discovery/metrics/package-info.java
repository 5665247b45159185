// SPDX-License-Identifier: Apache-2.0

/**
 * Meters of discovery: attempts by instance, registration, age of lists.
 */
@NullMarked
package io.governance.discovery.metrics;

import org.jspecify.annotations.NullMarked;
