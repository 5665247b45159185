// SPDX-License-Identifier: Apache-2.0

/**
 * Which instances are left out for a while because calls to them fail, or are slow. Each
 * process finds that out by itself. Not for faults of the called service as a whole: what
 * every instance does is no outlier, and is a circuit breaker's affair.
 */
@NullMarked
package io.governance.selection.outlier;

import org.jspecify.annotations.NullMarked;
