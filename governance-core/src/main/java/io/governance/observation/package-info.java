// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of policies that say how calls and the process are observed: which traces
 * are recorded, and what is logged. They never change what a call does.
 */
@NullMarked
package io.governance.observation;

import org.jspecify.annotations.NullMarked;
