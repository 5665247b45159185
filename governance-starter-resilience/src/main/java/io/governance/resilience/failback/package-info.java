// SPDX-License-Identifier: Apache-2.0

/**
 * Calls that failed and are made again later, after their callers have gone.
 */
@NullMarked
package io.governance.resilience.failback;

import org.jspecify.annotations.NullMarked;
