// SPDX-License-Identifier: Apache-2.0

/**
 * Which contracts there are, what is held to them, and what of them cannot apply to it.
 */
@NullMarked
package io.governance.test.conformance;

import org.jspecify.annotations.NullMarked;
