// SPDX-License-Identifier: Apache-2.0

/**
 * Labels that travel with a call: how they are read from and written to the W3C
 * {@code baggage} header, and how the rest of the suite reads them. Only configured keys
 * are read and only configured keys are written.
 */
@NullMarked
package io.governance.tracing.baggage;

import org.jspecify.annotations.NullMarked;
