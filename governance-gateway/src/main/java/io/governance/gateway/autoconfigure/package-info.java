// SPDX-License-Identifier: Apache-2.0

/**
 * Auto-configuration of the gateway.
 */
@NullMarked
package io.governance.gateway.autoconfigure;

import org.jspecify.annotations.NullMarked;
