// SPDX-License-Identifier: Apache-2.0

/**
 * Auto-configuration of the kernel.
 */
@NullMarked
package io.governance.autoconfigure;

import org.jspecify.annotations.NullMarked;
