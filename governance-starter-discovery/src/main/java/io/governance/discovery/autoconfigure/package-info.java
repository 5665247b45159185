// SPDX-License-Identifier: Apache-2.0

/**
 * Auto-configuration of the discovery starter.
 */
@NullMarked
package io.governance.discovery.autoconfigure;

import org.jspecify.annotations.NullMarked;
