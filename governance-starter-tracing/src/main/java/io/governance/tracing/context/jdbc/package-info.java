// SPDX-License-Identifier: Apache-2.0

/**
 * Lets calls of a database stand in the trace of the request that makes them.
 */
@NullMarked
package io.governance.tracing.context.jdbc;

import org.jspecify.annotations.NullMarked;
