// SPDX-License-Identifier: Apache-2.0

/**
 * Answers to calls that do not come from the callee, or not now: what they are made of,
 * and a bounded store of those that were kept. What is kept for one principal is never
 * given to another.
 */
@NullMarked
package io.governance.answer;

import org.jspecify.annotations.NullMarked;
