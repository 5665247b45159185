// SPDX-License-Identifier: Apache-2.0

/**
 * Turns a whole rule set into ready chains and swaps them with one reference write; every
 * call is decided by the one set it started with.
 */
@NullMarked
package io.governance.engine;

import org.jspecify.annotations.NullMarked;
