// SPDX-License-Identifier: Apache-2.0

/**
 * Servers that treat their connections badly.
 */
@NullMarked
package io.governance.test.connection;

import org.jspecify.annotations.NullMarked;
