// SPDX-License-Identifier: Apache-2.0

/**
 * Drops calls that a busy process could not answer in time anyway (after go-zero): the
 * CPU says whether it is busy, and what it was able to do within the last seconds says
 * how many calls it can work on at a time. What matters less is dropped first. Not a
 * quota, and no help where the CPU is not what is short.
 */
@NullMarked
package io.governance.policy.loadshedding;

import org.jspecify.annotations.NullMarked;
