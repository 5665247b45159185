// SPDX-License-Identifier: Apache-2.0

/**
 * What operators see: the rules in force, and why newer ones are not.
 */
@NullMarked
package io.governance.actuate;

import org.jspecify.annotations.NullMarked;
