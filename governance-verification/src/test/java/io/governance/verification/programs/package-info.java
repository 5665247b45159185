// SPDX-License-Identifier: Apache-2.0

/**
 * The scripts that install the programs which other tests run.
 */
@NullMarked
package io.governance.verification.programs;

import org.jspecify.annotations.NullMarked;
