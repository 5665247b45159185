// SPDX-License-Identifier: Apache-2.0

/**
 * What a service does when more is asked of it than it can do, with load shedding and
 * without.
 */
@NullMarked
package io.governance.benchmarks.overload;

import org.jspecify.annotations.NullMarked;
