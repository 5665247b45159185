// SPDX-License-Identifier: Apache-2.0

/**
 * Says in the logs when rules begin and cease to reject calls, beside the calls and never
 * once per call.
 */
@NullMarked
package io.governance.report;

import org.jspecify.annotations.NullMarked;
