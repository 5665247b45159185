// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of what log lines say.
 */
@NullMarked
package io.governance.tracing.logging;

import org.jspecify.annotations.NullMarked;
