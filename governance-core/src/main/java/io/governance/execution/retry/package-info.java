// SPDX-License-Identifier: Apache-2.0

/**
 * Further attempts at a call. A call that was certainly not processed is tried again
 * whatever its method; otherwise only idempotent ones are, unless the rule says more. A
 * budget keeps retries to a share of the calls, so that they cannot make an outage worse;
 * retries of retries are refused.
 */
@NullMarked
package io.governance.execution.retry;

import org.jspecify.annotations.NullMarked;
