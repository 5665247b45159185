// SPDX-License-Identifier: Apache-2.0

/**
 * Where calls go: to instances with certain metadata, split by weight, the same caller
 * always to the same ones where that is wanted. Decided once per call, so that retries
 * stay where the call was sent. Not for protection: what is not routed there can still be
 * called.
 */
@NullMarked
package io.governance.selection.route;

import org.jspecify.annotations.NullMarked;
