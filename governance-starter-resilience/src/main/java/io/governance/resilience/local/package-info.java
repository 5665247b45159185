// SPDX-License-Identifier: Apache-2.0

/**
 * Runs work of this process, methods and suppliers, under the rules that name it: what a
 * remote call has, for what is none. Blocking work is done on the caller's thread.
 */
@NullMarked
package io.governance.resilience.local;

import org.jspecify.annotations.NullMarked;
