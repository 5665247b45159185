// SPDX-License-Identifier: Apache-2.0

/**
 * Asks the {@code sampling} rules about each trace: with the request at hand before the
 * server's span begins, without one where no request began the trace; and tells them how
 * requests ended.
 */
@NullMarked
package io.governance.tracing.sampling;

import org.jspecify.annotations.NullMarked;
