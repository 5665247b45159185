// SPDX-License-Identifier: Apache-2.0

/**
 * Answers in place of failures: one that the rule spells out, the last good one for the
 * same request of the same principal, or what a bean of the application says. Asked once,
 * when there is no further attempt; never for what the caller gave up itself.
 */
@NullMarked
package io.governance.execution.fallback;

import org.jspecify.annotations.NullMarked;
