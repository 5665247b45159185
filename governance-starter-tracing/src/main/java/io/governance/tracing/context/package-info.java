// SPDX-License-Identifier: Apache-2.0

/**
 * Carries a call's context (trace, baggage, logging context, principal, deadline) to the
 * threads that work for it, and keeps it from those that do not.
 */
@NullMarked
package io.governance.tracing.context;

import org.jspecify.annotations.NullMarked;
