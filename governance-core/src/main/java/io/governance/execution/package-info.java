// SPDX-License-Identifier: Apache-2.0

/**
 * How a call is run: the plan that execution rules add up to, and the pure schedules in
 * it. The executors that carry a plan out live with the adapters.
 */
@NullMarked
package io.governance.execution;

import org.jspecify.annotations.NullMarked;
