// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of policies that say which instance takes a call: where it goes, where a
 * copy of it goes, how one of many is chosen, and which are left out. What changes slowly
 * is folded into pickers when they are made; a call only reads one.
 */
@NullMarked
package io.governance.selection;

import org.jspecify.annotations.NullMarked;
