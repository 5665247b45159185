// SPDX-License-Identifier: Apache-2.0

/**
 * One immutable state behind one reference, one writer at a time, and the blocking
 * queries that wait for it to change.
 */
@NullMarked
package io.governance.embeddedconsul.store;

import org.jspecify.annotations.NullMarked;
