// SPDX-License-Identifier: Apache-2.0

/**
 * How one of many instances is chosen. Weights, slow start and zones are folded into a
 * picker when it is made; a call draws from it in constant or logarithmic time. Not for
 * leaving instances out that fail: that is outlier detection.
 */
@NullMarked
package io.governance.selection.loadbalancing;

import org.jspecify.annotations.NullMarked;
