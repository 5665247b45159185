// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of the access log.
 */
@NullMarked
package io.governance.tracing.accesslog;

import org.jspecify.annotations.NullMarked;
