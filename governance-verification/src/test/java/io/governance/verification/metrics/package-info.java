// SPDX-License-Identifier: Apache-2.0

/**
 * What the suite measures is what its one list of meters says.
 */
@NullMarked
package io.governance.verification.metrics;

import org.jspecify.annotations.NullMarked;
