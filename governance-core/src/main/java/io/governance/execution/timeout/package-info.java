// SPDX-License-Identifier: Apache-2.0

/**
 * How long a call may take: in all, per attempt, and to connect. What is left of the
 * total travels with the call, and every hop lowers it. Not for streams: the total ends
 * with the head of the response.
 */
@NullMarked
package io.governance.execution.timeout;

import org.jspecify.annotations.NullMarked;
