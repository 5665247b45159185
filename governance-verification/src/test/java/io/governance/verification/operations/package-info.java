// SPDX-License-Identifier: Apache-2.0

/**
 * What stands ready under {@code deploy/observability} and {@code docs/operations} fits
 * together, and names meters that there are.
 */
@NullMarked
package io.governance.verification.operations;

import org.jspecify.annotations.NullMarked;
