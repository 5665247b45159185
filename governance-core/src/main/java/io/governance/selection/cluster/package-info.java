// SPDX-License-Identifier: Apache-2.0

/**
 * The instances of a called service with all that selection knows of them: what was
 * folded into pickers, and when that must be done anew. What feeds it with instances and
 * rules, and what runs its refresh, is an adapter's affair.
 */
@NullMarked
package io.governance.selection.cluster;

import org.jspecify.annotations.NullMarked;
