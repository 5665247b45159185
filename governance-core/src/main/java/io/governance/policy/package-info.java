// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of a running policy: a call comes in, a decision goes out, and what was
 * admitted is released exactly once. Knows neither rules nor any concrete policy.
 */
@NullMarked
package io.governance.policy;

import org.jspecify.annotations.NullMarked;
