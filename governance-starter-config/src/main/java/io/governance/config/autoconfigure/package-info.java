// SPDX-License-Identifier: Apache-2.0

/**
 * Auto-configuration of the remote configuration.
 */
@NullMarked
package io.governance.config.autoconfigure;

import org.jspecify.annotations.NullMarked;
