// SPDX-License-Identifier: Apache-2.0

/**
 * Contracts and who is held to them: what is declared, what is documented, what ran.
 */
@NullMarked
package io.governance.verification.contracts;

import org.jspecify.annotations.NullMarked;
