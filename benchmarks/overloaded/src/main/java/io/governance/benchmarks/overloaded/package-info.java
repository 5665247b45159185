// SPDX-License-Identifier: Apache-2.0

/**
 * A service that can do so much and no more, and can be made to do half of it.
 */
@NullMarked
package io.governance.benchmarks.overloaded;

import org.jspecify.annotations.NullMarked;
