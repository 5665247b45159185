// SPDX-License-Identifier: Apache-2.0

/**
 * Who opened the connection that a call came over, whatever forwarding headers say and
 * whoever resolves them: only that tells whether to honour what the caller says.
 */
@NullMarked
package io.governance.peer;

import org.jspecify.annotations.NullMarked;
