// SPDX-License-Identifier: Apache-2.0

/**
 * From a change on the server to a change in this service: one watch, a candidate
 * environment in which everything is tried, and one swap. Nothing is half applied.
 */
@NullMarked
package io.governance.config.refresh;

import org.jspecify.annotations.NullMarked;
