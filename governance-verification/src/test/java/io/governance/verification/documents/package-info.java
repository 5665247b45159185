// SPDX-License-Identifier: Apache-2.0

/**
 * Documents in step with the code: what is generated from it, and what must hold in what
 * is written by hand.
 */
@NullMarked
package io.governance.verification.documents;

import org.jspecify.annotations.NullMarked;
