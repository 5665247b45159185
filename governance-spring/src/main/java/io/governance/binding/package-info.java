// SPDX-License-Identifier: Apache-2.0

/**
 * From properties to rules: binds each rule on its own, collects all faults with their
 * origins, and keeps the last good set in force.
 */
@NullMarked
package io.governance.binding;

import org.jspecify.annotations.NullMarked;
