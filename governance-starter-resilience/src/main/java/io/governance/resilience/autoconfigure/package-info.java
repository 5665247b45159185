// SPDX-License-Identifier: Apache-2.0

/**
 * Auto-configuration of the adapters that enforce rules in clients and servers, and the
 * settings they share.
 */
@NullMarked
package io.governance.resilience.autoconfigure;

import org.jspecify.annotations.NullMarked;
