// SPDX-License-Identifier: Apache-2.0

/**
 * The clock, passed in everywhere, and counts over the time it shows.
 */
@NullMarked
package io.governance.time;

import org.jspecify.annotations.NullMarked;
