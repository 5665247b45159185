// SPDX-License-Identifier: Apache-2.0

/**
 * The structure of the suite as rules over compiled classes, and proofs that these rules
 * can fail.
 */
@NullMarked
package io.governance.verification.structure;

import org.jspecify.annotations.NullMarked;
