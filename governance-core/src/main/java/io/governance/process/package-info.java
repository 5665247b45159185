// SPDX-License-Identifier: Apache-2.0

/**
 * What a process has that rules may go by.
 */
@NullMarked
package io.governance.process;

import org.jspecify.annotations.NullMarked;
