// SPDX-License-Identifier: Apache-2.0

/**
 * Which calls a rule is for: conditions, path patterns and keys taken from a call.
 */
@NullMarked
package io.governance.match;

import org.jspecify.annotations.NullMarked;
